package dev.tollgate.application.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.domain.pricing.PriceVersion;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CachedPriceBookTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void knows_the_price_of_what_was_served_free() {
        InMemoryChanges changes = new InMemoryChanges();
        CachedPriceBook book = new CachedPriceBook(
                new InMemoryModels(changes), new InMemoryModelMappings(changes), changes, () -> NOW);
        PriceVersion served = PriceBook.Priced.free("made-up", "openai").version();

        assertThat(book.version(served.id()).map(PriceVersion::sheet)).contains(served.sheet());
    }
}
