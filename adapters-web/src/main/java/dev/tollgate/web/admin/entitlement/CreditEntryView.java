package dev.tollgate.web.admin.entitlement;

import dev.tollgate.application.entitlement.CreditEntry;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.relay.RequestId;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/** One line of a user's credit ledger, as it is shown. */
@Serdeable(naming = SnakeCaseStrategy.class)
record CreditEntryView(
        long id,
        long userId,
        String kind,
        String amount,
        @Nullable String reason,
        @Nullable String reference,
        @Nullable String requestId,
        @Nullable Long actorId,
        String createdAt) {
    static CreditEntryView from(CreditEntry entry) {
        UserId actor = entry.actor();
        RequestId call = entry.call();
        return new CreditEntryView(
                entry.id(),
                entry.user().value(),
                PackageView.word(entry.kind()),
                entry.amount().text(),
                entry.reason(),
                entry.reference(),
                call == null ? null : call.text(),
                actor == null ? null : actor.value(),
                entry.at().toString());
    }
}
