package dev.tollgate.web.admin.entitlement;

import dev.tollgate.application.entitlement.PackageEvent;
import dev.tollgate.application.entitlement.UserPackages.Numbered;
import dev.tollgate.domain.identity.UserId;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of the ledger of packages, as it is shown. */
@Serdeable(naming = SnakeCaseStrategy.class)
record PackageEventView(
        long id,
        String kind,
        @Nullable String reference,
        @Nullable Long actorId,
        Instant createdAt) {
    static PackageEventView of(Numbered numbered) {
        PackageEvent event = numbered.event();
        UserId actor = event.actor();
        return new PackageEventView(
                numbered.number(),
                PackageView.word(event.kind()),
                event.reference(),
                actor == null ? null : (Long) actor.value(),
                event.at());
    }
}
