package dev.tollgate.bootstrap;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The command without a subcommand: starts the gateway. */
@Command(
        name = "tollgate",
        description = "Starts the gateway.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Tollgate implements Callable<Integer> {
    /** Not an exit status: the server's own threads keep the process alive after {@code main} has returned. */
    static final int SERVING = -1;

    /** Set by the launcher's training run, which wants the classes of a whole start and nothing else. */
    private static final String EXIT_WHEN_READY = "tollgate.exit-when-ready";

    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");

    @Override
    public Integer call() {
        ApplicationContext gateway = Micronaut.build(new String[0])
                .mainClass(Main.class)
                .banner(false)
                .deduceEnvironment(false)
                .start();
        LOG.info("listening on {}", gateway.getBean(EmbeddedServer.class).getURI());
        return Boolean.getBoolean(EXIT_WHEN_READY) ? ExitCode.OK : SERVING;
    }
}
