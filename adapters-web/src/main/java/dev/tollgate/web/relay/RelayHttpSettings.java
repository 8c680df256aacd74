package dev.tollgate.web.relay;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/** What bounds a call's way in and out; how large a body may be is the server's own setting. */
@ConfigurationProperties("tollgate.relay")
public interface RelayHttpSettings {
    /** How long a body may take to arrive; longer by a second for each 64 KiB it declares. */
    @Bindable(defaultValue = "60s")
    Duration getBodyTimeout();

    /** How long a caller may read nothing of an answer before it counts as gone. */
    @Bindable(defaultValue = "60s")
    Duration getStallTimeout();
}
