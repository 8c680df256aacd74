package dev.tollgate.web.admin.entitlement;

import dev.tollgate.application.entitlement.CreditEntry;
import dev.tollgate.domain.identity.UserId;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/** One line of a user's credit ledger, as it is shown. */
@Serdeable(naming = SnakeCaseStrategy.class)
record CreditEntryView(
        long id,
        long userId,
        String amount,
        @Nullable String reason,
        @Nullable String reference,
        @Nullable Long actorId,
        String createdAt) {
    static CreditEntryView from(CreditEntry entry) {
        UserId actor = entry.actor();
        return new CreditEntryView(
                entry.id(),
                entry.user().value(),
                entry.amount().text(),
                entry.reason(),
                entry.reference(),
                actor == null ? null : actor.value(),
                entry.at().toString());
    }
}
