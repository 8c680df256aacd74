package dev.tollgate.bootstrap.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A number of hits, cut into rounds, each on a system of its own; counts and seeds are system properties. */
final class CrashRuns {
    static final int PER_SECOND = count("rate", 100);

    private static final Logger LOG = LoggerFactory.getLogger(CrashRuns.class);
    private static final int HITS_A_ROUND = count("hits-a-round", 20);

    /** So many say enough. */
    private static final int WRONG_MAX = 5;

    private static final long SEED = Long.getLong("tollgate.crash.seed", System.nanoTime());

    private final String name;
    private final RunTable table;
    private int round;

    CrashRuns(String name, RunTable table) {
        this.name = name;
        this.table = table;
    }

    /** {@code -Dtollgate.crash.<what>}. */
    static int count(String what, int otherwise) {
        return Integer.getInteger("tollgate.crash." + what, otherwise);
    }

    /** A goal's time, and more of it where the machine is known to be too slow for the goal. */
    static Duration patience(Duration goal) {
        return goal.multipliedBy(count("patience", 3));
    }

    /** What everything random in the round follows from, times aside. */
    long seed() {
        return SEED + round;
    }

    /** Strikes so many times in as many rounds as it takes; a round that went wrong does not end the others. */
    void run(Ground.Setting setting, List<Hit> hits) {
        List<Throwable> wrong = new ArrayList<>();
        for (int from = 0; from < hits.size() && wrong.size() < WRONG_MAX; from += HITS_A_ROUND) {
            round++;
            try {
                run(setting, hits.subList(from, Math.min(hits.size(), from + HITS_A_ROUND)), seed());
            } catch (Exception | AssertionError e) {
                LOG.error("{} {} went wrong", name, round, e);
                wrong.add(e);
            }
        }
        if (!wrong.isEmpty()) {
            AssertionError all = new AssertionError(wrong.size() + " of " + round + " rounds went wrong: "
                    + wrong.getFirst().getMessage());
            wrong.forEach(all::addSuppressed);
            throw all;
        }
    }

    private void run(Ground.Setting setting, List<Hit> hits, long seed) throws Exception {
        LOG.info(
                "{} {}: {} hits, {} calls a second, -Dtollgate.crash.seed={}",
                name,
                round,
                hits.size(),
                PER_SECOND,
                seed);
        Path folder = Path.of("target", "crash", name + "-" + round).toAbsolutePath();
        new CrashRound(name + " " + round, folder, seed, table)
                .run(in -> Ground.make(in, setting, PER_SECOND, seed), hits);
    }
}
