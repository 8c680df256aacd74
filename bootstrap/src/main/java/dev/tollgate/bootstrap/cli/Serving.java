package dev.tollgate.bootstrap.cli;

import dev.tollgate.bootstrap.gateway.Gateway;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/** Serves until the process is asked to end; then the gateway drains, and the exit status tells whether it could. */
final class Serving {
    /** Calls are left in the journal, which the log names. */
    private static final int UNSETTLED = 3;

    /** Set by the launcher's training run, which wants the classes of a whole start and nothing else. */
    private static final String EXIT_WHEN_READY = "tollgate.exit-when-ready";

    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");

    private Serving() {}

    /**
     * Arranges the end.
     *
     * @param last runs when the gateway is gone
     */
    static int until(Gateway gateway, Runnable last) {
        if (Boolean.getBoolean(EXIT_WHEN_READY)) {
            gateway.close();
            last.run();
            return ExitCode.OK;
        }
        Thread hook = new Thread(() -> end(gateway, last), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        endAtSignals(gateway);
        return Tollgate.SERVING;
    }

    /** The first begins the end, each further one halves the time that is left for it. */
    private static void endAtSignals(Gateway gateway) {
        AtomicBoolean isEnding = new AtomicBoolean();
        Signals.onEnd(() -> {
            if (isEnding.getAndSet(true)) {
                gateway.hurry();
            } else {
                Thread.ofPlatform().name("end").start(() -> System.exit(ExitCode.OK));
            }
        });
    }

    /** Only by halting can a shutdown hook still choose the exit status. */
    private static void end(Gateway gateway, Runnable last) {
        int status = UNSETTLED;
        try {
            status = drain(gateway);
            last.run();
        } catch (RuntimeException e) {
            LOG.error("stopping failed; what is unsettled is in {}", gateway.journal(), e);
        }
        Runtime.getRuntime().halt(status);
    }

    private static int drain(Gateway gateway) {
        if (gateway.drain()) {
            LOG.info("stopped; everything is settled");
            return ExitCode.OK;
        }
        LOG.error("stopped with calls unsettled: a gateway started on {} settles them", gateway.journal());
        return UNSETTLED;
    }
}
