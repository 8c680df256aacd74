package dev.tollgate.web.admin.entitlement;

import dev.tollgate.application.entitlement.ManageRedeemCodes;
import dev.tollgate.application.entitlement.ManageRedeemCodes.Batch;
import dev.tollgate.application.entitlement.RedeemCode.Gift;
import dev.tollgate.application.entitlement.RedeemCode.Terms;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.JsonBody;
import io.micronaut.json.tree.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies that make redeem codes and that change one. */
final class RedeemCodeBody {
    private static final int NAME_LENGTH_MAX = 200;
    private static final int DESCRIPTION_LENGTH_MAX = 2000;

    private RedeemCodeBody() {}

    static Batch batch(@Nullable JsonNode json, UserId creator, Instant now) {
        JsonBody body = JsonBody.of(json);
        Given<Integer> count = body.integer("count", 1, ManageRedeemCodes.COUNT_MAX);
        Given<Money> value = body.money("value");
        Given<Long> offer = body.id("package_id");
        Given<String> name = body.text("name", NAME_LENGTH_MAX);
        Given<String> description = body.text("description", DESCRIPTION_LENGTH_MAX);
        Given<Instant> expiry = body.instant("expires_at");
        checkGift(body, value, offer);
        checkExpiry(body, expiry, now);
        body.check();
        Long offerId = offer.orNull(null);
        Gift gift = offerId == null ? new Gift.OfCredit(value.value()) : new Gift.OfPackage(new PackageId(offerId));
        Terms terms = new Terms(name.orNull(null), description.orNull(null), micros(expiry.orNull(null)), true);
        return new Batch(count.or(1), gift, terms, creator);
    }

    private static void checkGift(JsonBody body, Given<Money> value, Given<Long> offer) {
        Money amount = value.orNull(null);
        boolean givesPackage = offer.orNull(null) != null;
        if (givesPackage && amount != null) {
            body.wrong("value", "a code gives credit or a package, not both");
        } else if (!givesPackage && amount == null) {
            body.wrong("value", "give a value, or a package_id");
        } else if (amount != null && amount.isZero()) {
            body.wrong("value", "must be more than 0");
        }
    }

    static Terms change(@Nullable JsonNode json, Terms current, Instant now) {
        JsonBody body = JsonBody.of(json);
        Given<String> name = body.text("name", NAME_LENGTH_MAX);
        Given<String> description = body.text("description", DESCRIPTION_LENGTH_MAX);
        Given<Instant> expiry = body.instant("expires_at");
        Given<Boolean> enabled =
                body.choice("status", Map.of("unused", true, "disabled", false)).notNull();
        checkExpiry(body, expiry, now);
        body.check();
        return new Terms(
                name.orNull(current.name()),
                description.orNull(current.description()),
                micros(expiry.orNull(current.expiresAt())),
                enabled.or(current.enabled()));
    }

    private static void checkExpiry(JsonBody body, Given<Instant> expiry, Instant now) {
        Instant given = expiry.orNull(null);
        if (given != null && !now.isBefore(given)) {
            body.wrong("expires_at", "must be in the future");
        }
    }

    private static @Nullable Instant micros(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }
}
