package dev.tollgate.web.admin.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tollgate.application.account.AccountTally;
import dev.tollgate.application.identity.Nodes.Node;
import dev.tollgate.application.relay.Outage;
import dev.tollgate.application.relay.WatchGateway.Live;
import dev.tollgate.application.relay.WatchGateway.Observed;
import dev.tollgate.application.usage.FreshTotals;
import dev.tollgate.web.admin.usage.TotalsView;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gateway as it is shown; each part says how fresh it is. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record MonitorView(
        List<NodePart> nodes,
        LivePart liveStore,
        DegradedPart degraded,
        DatabasePart database,
        JournalPart journal,
        StreamPart stream,
        CallsPart calls,
        AccountsPart accounts,
        TodayPart today) {
    private static final String UP = "up";
    private static final String AWAY = "away";

    static MonitorView from(Observed observed) {
        Instant now = observed.at();
        Live live = observed.liveStore();
        return new MonitorView(
                NodePart.all(observed),
                live == null
                        ? new LivePart(AWAY, null, null, now)
                        : new LivePart(UP, live.generation(), live.shards(), now),
                DegradedPart.from(observed.outage(), now),
                new DatabasePart(
                        observed.database().isUp() ? UP : AWAY,
                        observed.database().deadLetters(),
                        observed.database().confirmedAt()),
                new JournalPart(
                        observed.journal().isWritable(), observed.journal().pending(), now),
                new StreamPart(live == null ? null : live.backlog(), observed.isSyncEnabled(), now),
                live == null ? new CallsPart(null, null, now) : new CallsPart(live.inFlight(), live.openHolds(), now),
                AccountsPart.from(observed.accounts(), now),
                TodayPart.from(observed.today(), now));
    }

    /**
     * A node; {@code obstacles} name what keeps it from being ready. What others tell is as of when they were seen, and
     * one that was not seen for long is {@code gone}.
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record NodePart(
            String name,
            String version,
            Instant startedAt,
            String status,
            List<String> obstacles,
            long inFlight,
            long journalPending,
            long clockOffsetMillis,
            Instant asOf) {
        private static final String GONE = "gone";

        /** The one that answers is first. */
        static List<NodePart> all(Observed observed) {
            List<NodePart> parts = new ArrayList<>();
            Node own = observed.node();
            parts.add(from(own, own.status().wireName()));
            for (Node other : observed.others()) {
                parts.add(from(
                        other,
                        other.isGone(own.seenAt()) ? GONE : other.status().wireName()));
            }
            return parts;
        }

        private static NodePart from(Node node, String status) {
            return new NodePart(
                    node.id(),
                    node.version(),
                    node.startedAt(),
                    status,
                    node.obstacles(),
                    node.inFlight(),
                    node.journalPending(),
                    node.clockOffset().toMillis(),
                    node.seenAt());
        }
    }

    /** The live store; {@code generation} changes when its data was lost. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record LivePart(
            String status,
            @Nullable String generation,
            @Nullable Integer shards,
            Instant asOf) {}

    /**
     * What this node may let calls spend while the live store is away: {@code since} when, or null; {@code taken} of the
     * allowance are the costs of those calls, and the most the running ones may cost.
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DegradedPart(@Nullable Instant since, String allowance, String taken, int calls, Instant asOf) {
        static DegradedPart from(Outage.State outage, Instant now) {
            return new DegradedPart(
                    outage.since(), outage.allowance().text(), outage.taken().text(), outage.running(), now);
        }
    }

    /** The database; it last answered at {@code as_of}. {@code dead_letters} are calls it could not take as records. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DatabasePart(String status, @Nullable Long deadLetters, Instant asOf) {}

    /** This node's journal; {@code pending} are calls the database does not have yet. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record JournalPart(boolean writable, long pending, Instant asOf) {}

    /** The way into the database; {@code backlog} are settled calls that are not there yet. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record StreamPart(@Nullable Long backlog, boolean syncEnabled, Instant asOf) {}

    /** Calls that are running. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record CallsPart(@Nullable Long inFlight, @Nullable Long holdsOpen, Instant asOf) {}

    /** How many accounts are in which status. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record AccountsPart(Map<String, Long> byStatus, Instant asOf) {
        static AccountsPart from(AccountTally tally, Instant now) {
            Map<String, Long> byStatus = new LinkedHashMap<>();
            for (AccountTally.State state : AccountTally.State.values()) {
                byStatus.put(state.wireName(), tally.count(state));
            }
            return new AccountsPart(byStatus, now);
        }
    }

    /** Usage since midnight, by the live store or by the records, which count up to {@code as_of}. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record TodayPart(@Nullable TotalsView totals, String source, Instant asOf) {
        static TodayPart from(FreshTotals.@Nullable Today today, Instant now) {
            return today == null
                    ? new TodayPart(null, "sql", now)
                    : new TodayPart(
                            TotalsView.from(today.totals()),
                            today.freshness().source(),
                            today.freshness().asOf());
        }
    }
}
