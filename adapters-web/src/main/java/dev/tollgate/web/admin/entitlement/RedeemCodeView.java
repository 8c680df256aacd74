package dev.tollgate.web.admin.entitlement;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tollgate.application.entitlement.RedeemCode;
import dev.tollgate.application.entitlement.RedeemCode.Gift;
import dev.tollgate.application.entitlement.RedeemCode.Use;
import dev.tollgate.domain.entitlement.CodeText;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A redeem code, as it is shown.
 *
 * @param code its whole text, in the answer that makes it; null ever after
 */
@Serdeable(naming = SnakeCaseStrategy.class)
record RedeemCodeView(
        long id,
        long batchId,
        @Nullable String code,
        String codePrefix,
        @JsonProperty("last4") String last4,
        String type,
        @Nullable String value,
        @Nullable Long packageId,
        @Nullable String name,
        @Nullable String description,
        @Nullable Instant expiresAt,
        String status,
        @Nullable Long createdBy,
        Instant createdAt,
        @Nullable Long usedBy,
        @Nullable Instant usedAt,
        @Nullable Long creditEntryId,
        @Nullable Long userPackageId) {

    static RedeemCodeView of(RedeemCode code, Instant now) {
        return of(code, null, now);
    }

    static RedeemCodeView of(RedeemCode code, @Nullable CodeText text, Instant now) {
        Use use = code.use();
        UserId creator = code.origin().creator();
        UserPackageId userPackage = use == null ? null : use.userPackage();
        return new RedeemCodeView(
                code.id(),
                code.origin().batch(),
                text == null ? null : text.text(),
                code.prefix(),
                code.last4(),
                type(code.gift()),
                code.gift() instanceof Gift.OfCredit(Money amount) ? amount.text() : null,
                code.gift() instanceof Gift.OfPackage(PackageId offer) ? (Long) offer.value() : null,
                code.terms().name(),
                code.terms().description(),
                code.terms().expiresAt(),
                PackageView.word(code.at(now)),
                creator == null ? null : (Long) creator.value(),
                code.origin().createdAt(),
                use == null ? null : (Long) use.user().value(),
                use == null ? null : use.at(),
                use == null ? null : use.creditEntry(),
                userPackage == null ? null : (Long) userPackage.value());
    }

    private static String type(Gift gift) {
        return switch (gift) {
            case Gift.OfCredit credit -> "credit";
            case Gift.OfPackage given -> "package";
        };
    }
}
