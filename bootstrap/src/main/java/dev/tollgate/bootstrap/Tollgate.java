package dev.tollgate.bootstrap;

import dev.tollgate.bootstrap.gateway.Gateway;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        return serve(Gateway.start(Map.of()), spec.commandLine().getOut());
    }

    private static int serve(Gateway gateway, PrintWriter out) {
        if (Boolean.getBoolean(EXIT_WHEN_READY)) {
            gateway.close();
            return ExitCode.OK;
        }
        Welcome.print(gateway, out);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Shutdown.run(gateway), "shutdown"));
        return SERVING;
    }
}
