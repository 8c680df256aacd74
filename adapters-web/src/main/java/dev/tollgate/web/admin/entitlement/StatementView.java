package dev.tollgate.web.admin.entitlement;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's credit with its ledger, newest first, as it is shown. */
@Serdeable(naming = SnakeCaseStrategy.class)
record StatementView(
        String balance,
        String held,
        List<CreditEntryView> items,
        @Nullable String nextCursor) {}
