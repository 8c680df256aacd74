package dev.tollgate.web.relay.holder;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tollgate.application.relay.TellKeyUsage.Told;
import dev.tollgate.application.relay.TellKeyUsage.Used;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.web.admin.entitlement.LimitView;
import dev.tollgate.web.admin.entitlement.UserPackageView;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a key's holder is told. */
@Serdeable(naming = SnakeCaseStrategy.class)
record KeyUsageView(
        KeyPart key, List<LimitView> limits, List<UserPackageView> packages, CreditPart credit, UsagePart usage) {

    static KeyUsageView from(Told.Standing told) {
        return new KeyUsageView(
                KeyPart.from(told.key(), told.user().username()),
                told.limits().stream().map(LimitView::from).toList(),
                told.packages().stream()
                        .map(held -> UserPackageView.from(held, told.at()))
                        .toList(),
                new CreditPart(told.creditBalance().text(), told.creditHeld().text()),
                new UsagePart(
                        TotalPart.from(told.today()), TotalPart.from(told.month()), TotalPart.from(told.total())));
    }

    /**
     * The key, without its text.
     *
     * @param expiresAt when it ends, by whichever rule ends it first
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record KeyPart(
            long id, String name, String username, @Nullable Instant expiresAt) {
        static KeyPart from(ApiKey key, String username) {
            return new KeyPart(
                    key.id().value(), key.name(), username, key.expiry().end());
        }
    }

    /** The user's credit; what is held is part of the balance. */
    @Serdeable
    record CreditPart(String balance, String held) {}

    /** What the key has used, by its user's calendar. */
    @Serdeable
    record UsagePart(TotalPart today, TotalPart month, TotalPart total) {}

    /** What was used in a stretch of time. */
    @Serdeable
    record TotalPart(long requests, long tokens, String cost) {
        static TotalPart from(Used used) {
            return new TotalPart(used.requests(), used.tokens(), used.cost().text());
        }
    }
}
