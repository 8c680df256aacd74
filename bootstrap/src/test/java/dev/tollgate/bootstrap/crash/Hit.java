package dev.tollgate.bootstrap.crash;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Something that is done to the running system at a random instant. */
interface Hit {
    /** What is hit. */
    enum Target {
        GATEWAY,
        /** A gateway that is told to end: what it has begun it finishes. */
        STOPPED_GATEWAY,
        REDIS,
        MARIADB,
        /** What callers and upstream break off themselves: whatever a caller is answered comes of it. */
        CALLS
    }

    /** In the words of the table. */
    String name();

    /** Strikes, brings back what was struck, and waits until it serves again. */
    Struck strike(Ground ground, Random random);

    /** One that is told by its name and what it does. */
    static Hit named(String name, Striking striking) {
        return new Hit() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Struck strike(Ground ground, Random random) {
                return striking.strike(ground, random);
            }
        };
    }

    /** The doing of it. */
    interface Striking {
        Struck strike(Ground ground, Random random);
    }

    /**
     * What came of it.
     *
     * @param healthy from the instant everything was started again until nothing was to be noticed any more
     */
    record Struck(List<Window> windows, Duration healthy) {}
}
