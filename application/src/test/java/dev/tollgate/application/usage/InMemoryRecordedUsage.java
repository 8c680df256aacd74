package dev.tollgate.application.usage;

import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The in-memory ledger's records; its sums are made of them and cannot differ. */
public final class InMemoryRecordedUsage implements RecordedUsage {
    private final InMemoryUsageLedger ledger;

    public InMemoryRecordedUsage(InMemoryUsageLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Sums read(Consumer<Folded> each) {
        Map<Subject, Map<WindowKey, Used>> windows = new HashMap<>();
        for (Settlement record : ledger.records()) {
            each.accept(folded(record));
            Used used = new Used(1, record.charge().total());
            record.ticket()
                    .windows()
                    .forEach(of -> of.windows()
                            .forEach(key -> windows.computeIfAbsent(of.subject(), absent -> new HashMap<>())
                                    .merge(key, used, Used::plus)));
        }
        return new Sums(List.of(), windows, List.of());
    }

    @Override
    public List<Difference> differences() {
        return List.of();
    }

    @Override
    public List<Difference> grants() {
        return List.of();
    }

    @Override
    public List<Difference> repair(BooleanSupplier mayWrite) {
        return List.of();
    }

    @Override
    public void add(Map<Subject, Map<WindowKey, Used>> missing) {
        throw new IllegalArgumentException("nothing is ever missing: " + missing);
    }

    private static Folded folded(Settlement record) {
        return new Folded(
                record.id(),
                true,
                1,
                record.attempts().size(),
                record.charge().total(),
                record.status() == CallStatus.ORPHAN,
                record.ticket().hold().payer(),
                record.ticket().asked().priceVersion(),
                record.charge().multiplier(),
                record.usage(),
                record.charge().breakdown().items(),
                record.ticket().windows());
    }
}
