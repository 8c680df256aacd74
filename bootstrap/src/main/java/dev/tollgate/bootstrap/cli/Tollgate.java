package dev.tollgate.bootstrap.cli;

import dev.tollgate.bootstrap.gateway.Gateway;
import dev.tollgate.bootstrap.settings.StartRefused;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a subcommand: starts the gateway. Nothing of it is loaded before its options are understood. */
@Command(
        name = "tollgate",
        description = "Starts the gateway, or does one of the commands below.",
        footer = {"", "Settings are environment variables, TOLLGATE_PORT and so on: see docs/operations.md."},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {Demo.class, Migrate.class, Audit.class, Prices.class, Config.class})
public final class Tollgate implements Callable<Integer> {
    /** Not an exit status: the server's own threads keep the process alive after {@code main} has returned. */
    public static final int SERVING = -1;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Gateway gateway = Gateway.start(Map.of(), prepared -> {}, password -> Welcome.printPassword(password, out));
        Welcome.print(gateway, out);
        return Serving.until(gateway, () -> {});
    }

    /** All commands; what an operator can put right is one line each, and no stack trace. */
    public static CommandLine commandLine() {
        return new CommandLine(new Tollgate()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof StartRefused refused) {
                refused.reasons().forEach(reason -> command.getErr().println("tollgate: " + reason));
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            throw failure;
        });
    }
}
