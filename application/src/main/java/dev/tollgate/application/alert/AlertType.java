package dev.tollgate.application.alert;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of event operators are told of, by the names webhooks ask for them. */
public enum AlertType {
    PACKAGE_THRESHOLD("package.threshold"),
    CREDIT_THRESHOLD("credit.threshold"),
    KEY_EXPIRING("key.expiring"),
    ACCOUNT_DOWN("account.down"),
    ACCOUNT_RECOVERED("account.recovered"),
    PRICE_MISSING("price.missing"),
    AUDIT_DIFFERENCE("audit.difference"),
    /** Sent on request, to one webhook, whatever it asks for. */
    TEST("test");

    private final String wireName;

    AlertType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<AlertType> of(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }

    /** The names a webhook may ask for. */
    public static List<String> asked() {
        return Arrays.stream(values())
                .filter(type -> type != TEST)
                .map(AlertType::wireName)
                .toList();
    }
}
