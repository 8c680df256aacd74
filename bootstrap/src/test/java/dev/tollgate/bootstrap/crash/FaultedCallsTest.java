package dev.tollgate.bootstrap.crash;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Calls that an upstream, their callers, time-outs or the end of a gateway break off at any point leave nothing behind:
 * no hold, no slot, no place of a key or a user. Some hundreds in every build; the profile {@code crash} makes 10 000.
 */
class FaultedCallsTest {
    private static final RunTable TABLE = new RunTable();
    private static final int CALLS = CrashRuns.count("faulted", 400);
    private static final int PARTS = 4;

    @Test
    void leave_nothing_behind_in_one_process() {
        List<Hit> hits = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            hits.add(CallHits.brokenOff(CALLS / PARTS));
            hits.add(CallHits.audit());
        }
        hits.add(1, GatewayHits.kill());
        new CrashRuns("faulted-embedded", TABLE).run(Ground.Setting.EMBEDDED.under(Load.FAULTED), hits);
    }

    @Test
    void leave_nothing_behind_on_two_nodes() {
        List<Hit> hits = new ArrayList<>();
        int kills = CrashRuns.count("faulted-kills", 1);
        int deaths = CrashRuns.count("deaths", 0);
        for (int part = 0; part < PARTS; part++) {
            if (part < deaths) {
                hits.add(GatewayHits.death());
            } else if (part < deaths + kills) {
                hits.add(GatewayHits.kill());
            }
            hits.add(CallHits.brokenOff(CALLS / PARTS));
            hits.add(CallHits.audit());
        }
        hits.addFirst(CallHits.brokenOff(1));
        new CrashRuns("faulted-nodes", TABLE).run(Ground.Setting.TWO_NODES.under(Load.FAULTED), hits);
    }

    @AfterAll
    static void printTable() {
        TABLE.print();
    }
}
