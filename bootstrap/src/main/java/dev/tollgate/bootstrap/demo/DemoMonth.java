package dev.tollgate.bootstrap.demo;

import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.pricing.PriceBook.Priced;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Thirty days of calls, the same ones at every making: busy by day and quiet at weekends, as offices are. */
@Singleton
final class DemoMonth {
    private static final long SEED = 20_260_701;
    private static final int CALLS_A_WORKDAY = 36;
    private static final int CALLS_A_FREE_DAY = 9;
    private static final int DAY_STARTS = 7;
    private static final int DAY_HOURS = 13;
    private static final int FREE_DAYS = 2;
    private static final int DAYS_A_WEEK = 7;
    private static final List<String> MODELS =
            List.of("claude-sonnet-5", "gpt-5.4-mini", "claude-opus-5", "gpt-5.4", "gpt-4o-mini");

    private final PriceBook priceBook;

    DemoMonth(PriceBook priceBook) {
        this.priceBook = priceBook;
    }

    /** The calls of the thirty days before an instant that the payers could afford, oldest first. */
    List<Settlement> before(Instant now, DemoPeople people) {
        Random random = new Random(SEED);
        DemoWallets wallets = new DemoWallets(people);
        List<Settlement> calls = new ArrayList<>();
        Instant firstDay = now.minus(DemoWorld.AGO).truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        for (Instant day = firstDay; day.isBefore(now); day = day.plus(1, ChronoUnit.DAYS)) {
            for (Instant at : instants(day, random)) {
                DemoCall call = call(at, people, random);
                if (at.isBefore(now.minus(Duration.ofMinutes(1)))) {
                    call.settle(wallets, random).ifPresent(calls::add);
                }
            }
        }
        return calls;
    }

    private static List<Instant> instants(Instant day, Random random) {
        long dayOfWeek = Math.floorMod(day.getEpochSecond() / Duration.ofDays(1).toSeconds() + 3, DAYS_A_WEEK);
        int calls = dayOfWeek >= DAYS_A_WEEK - FREE_DAYS ? CALLS_A_FREE_DAY : CALLS_A_WORKDAY;
        List<Instant> instants = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            long millis = Duration.ofHours(DAY_HOURS).toMillis();
            instants.add(day.plus(Duration.ofHours(DAY_STARTS)).plusMillis(random.nextLong(millis)));
        }
        instants.sort(null);
        return instants;
    }

    private DemoCall call(Instant at, DemoPeople people, Random random) {
        ApiKey key = List.of(people.laptop(), people.laptop(), people.server(), people.scripts())
                .get(random.nextInt(4));
        User user = key.userId().equals(people.ada().id()) ? people.ada() : people.ben();
        List<Priced> models = models(at);
        Priced model = models.get(Math.min(random.nextInt(models.size()), random.nextInt(models.size())));
        return new DemoCall(at, user, key, people.account(), model, tokens(random));
    }

    private List<Priced> models(Instant at) {
        List<Priced> priced = new ArrayList<>();
        MODELS.forEach(name -> priceBook.find(name, at).ifPresent(priced::add));
        if (priced.isEmpty()) {
            priceBook.models().forEach(model -> priceBook.find(model.name(), at).ifPresent(priced::add));
        }
        if (priced.isEmpty()) {
            throw new IllegalStateException("the demonstration needs a price list");
        }
        return priced;
    }

    private static TokenUsage tokens(Random random) {
        long cached = random.nextInt(3) == 0 ? random.nextInt(1_000, 20_000) : 0;
        return new TokenUsage(Map.of(
                TokenClass.INPUT, (long) random.nextInt(50, 6_000),
                TokenClass.CACHE_READ, cached,
                TokenClass.OUTPUT, (long) random.nextInt(20, 1_800)));
    }
}
