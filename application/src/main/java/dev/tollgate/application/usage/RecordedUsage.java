package dev.tollgate.application.usage;

import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.LineItem;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.usage.Usage;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What SQL keeps of usage, as the audit reads it. */
public interface RecordedUsage {
    /** Gives each call's record and then the sums, all of one moment: nothing moves into SQL meanwhile. */
    Sums read(Consumer<Folded> each);

    /**
     * Compares all sums with one another, and with what the records come to: records are summed once, and then only those
     * that were added since. All of one moment.
     */
    List<Difference> differences();

    /**
     * Compares what users were granted with the lines of their ledgers, and codes that were redeemed with the lines they
     * made. All of one moment; nothing here can be repaired by adding.
     */
    List<Difference> grants();

    /**
     * Sets rollups and totals to what the records say, each by adding what it lacks.
     *
     * @param mayWrite asked before each is written, after all was read; nothing more is written once it says no
     * @return what was put right
     */
    List<Difference> repair(BooleanSupplier mayWrite);

    /** Adds to what is used in windows; what is added may be negative. */
    void add(Map<Subject, Map<WindowKey, Used>> missing);

    /**
     * One call's record, its entries added up.
     *
     * @param isGapless whether its entries are numbered from 0 without a gap
     * @param requests 1, if all is well
     */
    record Folded(
            RequestId id,
            boolean isGapless,
            long requests,
            long attempts,
            Money cost,
            boolean isOrphan,
            Payer payer,
            PriceVersionId priceVersion,
            Multiplier multiplier,
            Usage usage,
            List<LineItem> items,
            List<SubjectWindows> windows) {
        public Folded {
            items = List.copyOf(items);
            windows = List.copyOf(windows);
        }
    }

    /**
     * The sums.
     *
     * @param differences between rollups or totals and the records they are sums of
     * @param windows everything in {@code window_usage}
     * @param deadLetters settlements that could not become records; they are part of the windows
     */
    record Sums(
            List<Difference> differences, Map<Subject, Map<WindowKey, Used>> windows, List<DeadLetter> deadLetters) {
        public Sums {
            differences = List.copyOf(differences);
            windows = Map.copyOf(windows);
            deadLetters = List.copyOf(deadLetters);
        }
    }

    /** A sum that is not what the records say; {@code what} names its table, key and column. */
    record Difference(String what, long expected, long actual) {}
}
