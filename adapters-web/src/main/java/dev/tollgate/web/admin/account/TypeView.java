package dev.tollgate.web.admin.account;

import dev.tollgate.application.account.CredentialField;
import dev.tollgate.domain.account.AccountType;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A type of account and what it must be given. */
@Serdeable
public record TypeView(String type, @Nullable String platform, List<FieldView> credentials) {
    static TypeView from(AccountType type) {
        return new TypeView(
                type.wireName(),
                type.family(),
                CredentialField.of(type).stream().map(FieldView::from).toList());
    }

    /** One credential field; {@code kind} is {@code text}, {@code instant}, {@code url} or {@code map}. */
    @Serdeable
    public record FieldView(String name, boolean required, String kind) {
        static FieldView from(CredentialField field) {
            return new FieldView(
                    field.name(), field.required(), field.kind().name().toLowerCase(Locale.ROOT));
        }
    }
}
