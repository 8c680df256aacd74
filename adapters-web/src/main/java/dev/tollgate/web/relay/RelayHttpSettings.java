package dev.tollgate.web.relay;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/** The settings of the relay's HTTP side. */
@ConfigurationProperties("tollgate")
public interface RelayHttpSettings {
    /** Blocks of addresses whose {@code X-Forwarded-For} is believed. */
    @Bindable(defaultValue = "")
    List<String> getTrustedProxies();

    Relay getRelay();

    /** What bounds a call's way in and out. */
    @ConfigurationProperties("relay")
    interface Relay {
        /** How long a body may take to arrive; longer by a second for each 64 KiB it declares. */
        @Bindable(defaultValue = "60s")
        Duration getBodyTimeout();

        /** How long a caller may read nothing of an answer before it counts as gone. */
        @Bindable(defaultValue = "60s")
        Duration getStallTimeout();
    }
}
