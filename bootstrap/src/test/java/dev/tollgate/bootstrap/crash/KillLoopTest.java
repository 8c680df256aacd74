package dev.tollgate.bootstrap.crash;

import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A gateway with everything in its own process is killed at random instants under load, over and over. */
class KillLoopTest {
    private static final RunTable TABLE = new RunTable();

    @Test
    void whatever_instant_it_is_killed_at_each_answer_is_billed_once() {
        new CrashRuns("embedded", TABLE)
                .run(Ground.Setting.EMBEDDED, Collections.nCopies(CrashRuns.count("embedded", 4), GatewayHits.kill()));
    }

    @AfterAll
    static void printTable() {
        TABLE.print();
    }
}
