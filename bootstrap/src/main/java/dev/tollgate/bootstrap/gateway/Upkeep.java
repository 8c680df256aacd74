package dev.tollgate.bootstrap.gateway;

import dev.tollgate.application.account.CachedAccountPool;
import dev.tollgate.application.account.KeepTokensFresh;
import dev.tollgate.application.account.RecoverAccounts;
import dev.tollgate.application.identity.SealAgain;
import dev.tollgate.bootstrap.settings.GatewaySetting;
import dev.tollgate.bootstrap.settings.GatewaySettings;
import dev.tollgate.bootstrap.usage.Duties;
import dev.tollgate.bootstrap.usage.Loops;
import dev.tollgate.persistence.sql.relay.SqlBindings;
import dev.tollgate.persistence.sql.relay.SqlIdempotencyClaims;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps accounts and claims in order while calls are served: lessons, tokens, recovery, bindings, releases. */
@Singleton
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.sync");
    private static final Logger ACCOUNTS_LOG = LoggerFactory.getLogger("tollgate.scheduler");
    private static final Duration BINDINGS_PAUSE = Duration.ofMillis(250);
    private static final Duration RELEASES_PAUSE = Duration.ofSeconds(1);
    private static final Duration FORGETTING_PAUSE = Duration.ofHours(1);
    private static final Duration LESSONS_PAUSE = Duration.ofMillis(500);
    private static final Duration TOKENS_PAUSE = Duration.ofMinutes(1);
    private static final Duration SEALING_PAUSE = Duration.ofSeconds(30);
    private static final Duration RECOVERY_PAUSE = Duration.ofSeconds(15);

    private final CachedAccountPool pool;
    private final SqlBindings bindings;
    private final SqlIdempotencyClaims claims;
    private final KeepTokensFresh tokens;
    private final RecoverAccounts recoverAccounts;
    private final List<SealAgain> sealed;
    private final boolean isKeyRotated;
    private final Duties duties;
    private final Loops loops = new Loops();

    Upkeep(
            CachedAccountPool pool,
            SqlBindings bindings,
            SqlIdempotencyClaims claims,
            KeepTokensFresh tokens,
            RecoverAccounts recoverAccounts,
            List<SealAgain> sealed,
            GatewaySettings settings,
            Duties duties) {
        this.pool = pool;
        this.bindings = bindings;
        this.claims = claims;
        this.tokens = tokens;
        this.recoverAccounts = recoverAccounts;
        this.sealed = sealed;
        this.isKeyRotated = settings.find(GatewaySetting.SECRET_KEY_PREVIOUS) != null;
        this.duties = duties;
    }

    /** Starts it all; the stores are ready. */
    void start() {
        loops.start("account-lessons", LESSONS_PAUSE, pool::flush);
        loops.start("bindings", BINDINGS_PAUSE, bindings::flush);
        loops.start("idempotency-releases", RELEASES_PAUSE, claims::flush);
        loops.start("forgetting", FORGETTING_PAUSE, () -> duties.upkeep().run(this::forget));
        loops.start("oauth-tokens", TOKENS_PAUSE, tokens::renewSoonEnding);
        loops.start("account-recovery", RECOVERY_PAUSE, () -> duties.upkeep().run(this::recover));
        if (isKeyRotated) {
            loops.start("sealing", SEALING_PAUSE, () -> duties.upkeep().run(this::sealAgain));
        }
    }

    private void forget() {
        prune(bindings::prune);
        prune(claims::prune);
    }

    private static void prune(IntSupplier some) {
        int pruned;
        do {
            pruned = some.getAsInt();
        } while (pruned > 0);
    }

    private void sealAgain() {
        int rows = sealed.stream().mapToInt(SealAgain::sealAgain).sum();
        if (rows > 0) {
            LOG.info("sealed {} accounts and webhooks under the new secret key", rows);
        }
    }

    private void recover() {
        int recovered = recoverAccounts.recover();
        if (recovered > 0) {
            ACCOUNTS_LOG.info("{} accounts are let in by their providers again", recovered);
        }
    }

    /** Stops it, and stores what was learnt last. */
    @Override
    @PreDestroy
    public void close() {
        loops.close();
        bindings.flush();
        claims.flush();
        pool.flush();
    }
}
