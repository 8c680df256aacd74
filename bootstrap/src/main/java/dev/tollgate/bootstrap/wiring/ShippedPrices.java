package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.pricing.SeedPrices;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a gateway without any prices the list in its jar, before it takes calls. */
@Singleton
public final class ShippedPrices {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");
    private static final String LIST = "/prices/tollgate-prices.json";

    private final SeedPrices seedPrices;

    ShippedPrices(SeedPrices seedPrices) {
        this.seedPrices = seedPrices;
    }

    /** Takes the list over if there are no prices at all. */
    public void seed() {
        int models = seedPrices.seed(shippedList());
        if (models > 0) {
            LOG.info("took over the shipped price list: {} models", models);
        }
    }

    private static byte[] shippedList() {
        try (InputStream list = ShippedPrices.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException("the jar lacks " + LIST);
            }
            return list.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
