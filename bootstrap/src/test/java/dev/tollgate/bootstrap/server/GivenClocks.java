package dev.tollgate.bootstrap.server;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Gives a gateway the clock its test names. */
@Factory
final class GivenClocks {
    @Singleton
    @Primary
    @Requires(property = GivenClock.PROPERTY)
    InstantSource given(@Property(name = GivenClock.PROPERTY) String name) {
        return GivenClock.named(name);
    }
}
