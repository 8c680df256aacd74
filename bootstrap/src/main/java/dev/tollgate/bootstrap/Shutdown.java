package dev.tollgate.bootstrap;

import dev.tollgate.bootstrap.gateway.Gateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens when the process is asked to end: the gateway drains, and the exit status tells whether it could. */
final class Shutdown {
    /** Calls are left in the journal, which the log names. */
    static final int UNSETTLED = 3;

    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");

    private Shutdown() {}

    /** Runs as the JVM's shutdown hook; only from there can the exit status still be chosen, by halting. */
    static void run(Gateway gateway) {
        Runtime.getRuntime().halt(drain(gateway));
    }

    static int drain(Gateway gateway) {
        try {
            if (gateway.drain()) {
                LOG.info("stopped; everything is settled");
                return 0;
            }
        } catch (RuntimeException e) {
            LOG.error("stopping failed", e);
        }
        LOG.error(
                "stopped with calls unsettled: they are in {}; a gateway started on it settles them",
                gateway.journal());
        return UNSETTLED;
    }
}
