package dev.tollgate.bootstrap.usage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What one part of the gateway does again and again, ended together. Started and closed by one thread. */
public final class Loops implements AutoCloseable {
    private final List<Repeating> loops = new ArrayList<>();

    /** @param pause also before the first time */
    public void start(String name, Duration pause, Runnable work) {
        loops.add(Repeating.start(name, pause, work));
    }

    /** Stops all before it waits for any, so that the waits are not added up. */
    @Override
    public void close() {
        loops.forEach(Repeating::stop);
        loops.forEach(Repeating::close);
        loops.clear();
    }
}
