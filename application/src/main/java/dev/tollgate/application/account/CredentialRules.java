package dev.tollgate.application.account;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.domain.account.AccountType;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What credentials a type of account must have. */
final class CredentialRules {
    private static final String DEPLOYMENT = CredentialField.DEPLOYMENTS + ".";

    private CredentialRules() {}

    static List<FieldError> check(AccountType type, Map<String, String> credentials, AddressRules rules) {
        List<FieldError> errors = new ArrayList<>();
        List<CredentialField> fields = CredentialField.of(type);
        for (CredentialField field : fields) {
            String value = credentials.get(field.name());
            if (value != null) {
                checkValue(field, value, rules, errors);
            } else if (field.required()) {
                errors.add(error(field.name(), "is required"));
            }
        }
        credentials.keySet().stream()
                .filter(name -> fields.stream().noneMatch(field -> belongs(field, name)))
                .forEach(name -> errors.add(error(name, "is not a credential of " + type.wireName())));
        if (type == AccountType.BEDROCK) {
            checkBedrock(credentials, errors);
        }
        return errors;
    }

    private static void checkValue(CredentialField field, String value, AddressRules rules, List<FieldError> errors) {
        switch (field.kind()) {
            case TEXT -> {
                if (value.chars().anyMatch(character -> character < ' ' || character > '~')) {
                    errors.add(error(field.name(), "must be printable ASCII"));
                }
            }
            case INSTANT -> {
                if (!isInstant(value)) {
                    errors.add(error(field.name(), "must be an ISO-8601 instant with an offset"));
                }
            }
            case URL -> {
                String wrong = BaseUrl.wrong(value, rules);
                if (wrong != null) {
                    errors.add(error(field.name(), wrong));
                }
            }
            case MAP -> errors.add(error(field.name(), "must be an object of texts"));
        }
    }

    /** Either a pair of keys or a Bedrock key. */
    private static void checkBedrock(Map<String, String> credentials, List<FieldError> errors) {
        boolean pair = credentials.containsKey("access_key_id") && credentials.containsKey("secret_access_key");
        boolean half = credentials.containsKey("access_key_id") || credentials.containsKey("secret_access_key");
        boolean bearer = credentials.containsKey("api_key");
        if (pair == bearer || half != pair) {
            errors.add(error("access_key_id", "with secret_access_key, or api_key alone, is required"));
        }
    }

    private static boolean belongs(CredentialField field, String name) {
        return switch (field.kind()) {
            case TEXT, INSTANT, URL -> field.name().equals(name);
            case MAP -> name.startsWith(DEPLOYMENT);
        };
    }

    private static boolean isInstant(String value) {
        try {
            return OffsetDateTime.parse(value).getYear() > 0;
        } catch (DateTimeException unreadable) {
            return false;
        }
    }

    private static FieldError error(String name, String message) {
        return new FieldError("credentials." + name, message);
    }
}
