package dev.tollgate.application.usage;

import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.Pricing;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.relay.Timing;
import dev.tollgate.domain.relay.UsageSource;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Settles calls whose process died: at nothing if no byte of an answer was seen, else at what was last known. */
public final class Orphans {
    private static final int ANSWERED = 200;
    private static final int NOT_ANSWERED = 0;
    private static final String PRICE_UNKNOWN = "price_unknown";

    private final PriceBook priceBook;

    public Orphans(PriceBook priceBook) {
        this.priceBook = priceBook;
    }

    /** Prices by the ticket's version, whatever became of the model since. */
    public Settlement settle(Ticket ticket, @Nullable Progress progress) {
        if (progress != null && progress.answered()) {
            return answered(ticket, progress);
        }
        List<AttemptRecord> attempts = progress == null ? List.of() : progress.attempts();
        return orphan(ticket, NOT_ANSWERED, Usage.NONE, Charge.NOTHING, attempts, Set.of());
    }

    private Settlement answered(Ticket ticket, Progress progress) {
        Usage usage = Usage.of(progress.tokens());
        Optional<PriceSheet> sheet =
                priceBook.version(ticket.asked().priceVersion()).map(PriceVersion::sheet);
        List<AttemptRecord> attempts = withLast(progress.attempts(), ticket, progress.tokens(), sheet.orElse(null));
        return sheet.isPresent()
                ? orphan(ticket, ANSWERED, usage, charge(ticket, sheet.get(), usage), attempts, Set.of())
                : orphan(ticket, ANSWERED, usage, Charge.NOTHING, attempts, Set.of(PRICE_UNKNOWN));
    }

    private static Settlement orphan(
            Ticket ticket,
            int httpStatus,
            Usage usage,
            Charge charge,
            List<AttemptRecord> attempts,
            Set<String> flags) {
        return new Settlement(
                ticket,
                CallStatus.ORPHAN,
                httpStatus,
                UsageSource.PARTIAL,
                usage,
                charge,
                attempts,
                timing(ticket, attempts),
                new TreeSet<>(flags));
    }

    private Charge charge(Ticket ticket, PriceSheet sheet, Usage usage) {
        return new Charge(pricing(ticket, sheet).price(usage), ticket.asked().multiplier());
    }

    private Pricing pricing(Ticket ticket, PriceSheet sheet) {
        return new Pricing(sheet, model -> priceBook.sheet(model, ticket.admittedAt()));
    }

    /** The attempt that was being answered used those tokens, at the price of the model that was sent. */
    private List<AttemptRecord> withLast(
            List<AttemptRecord> attempts, Ticket ticket, TokenUsage tokens, @Nullable PriceSheet asked) {
        if (attempts.isEmpty()) {
            return attempts;
        }
        AttemptRecord last = attempts.getLast();
        PriceSheet own = priceBook.sheet(last.sentModel(), ticket.admittedAt());
        PriceSheet sheet = own == null ? asked : own;
        Cost cost = sheet == null
                ? Cost.ZERO
                : pricing(ticket, sheet).price(Usage.of(tokens)).total();
        List<AttemptRecord> priced = new ArrayList<>(attempts.subList(0, attempts.size() - 1));
        priced.add(new AttemptRecord(
                last.number(),
                last.accountId(),
                last.accountType(),
                last.sentModel(),
                last.startedAt(),
                last.endedAt(),
                last.httpStatus(),
                last.failure(),
                tokens,
                cost));
        return priced;
    }

    private static Timing timing(Ticket ticket, List<AttemptRecord> attempts) {
        long millis = attempts.isEmpty()
                ? 0
                : Duration.between(ticket.admittedAt(), attempts.getLast().endedAt())
                        .toMillis();
        return new Timing(Math.max(0, millis), null);
    }
}
