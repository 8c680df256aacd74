package dev.tollgate.bootstrap;

import dev.tollgate.bootstrap.settings.StartRefused;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Reads the command line before anything else is loaded, so that a mistyped option costs no start of the gateway. */
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        int status = commandLine().execute(arguments);
        if (status != Tollgate.SERVING) {
            System.exit(status);
        }
    }

    /** The commands; what an operator can put right is one line each, and no stack trace. */
    static CommandLine commandLine() {
        return new CommandLine(new Tollgate()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof StartRefused refused) {
                refused.reasons().forEach(reason -> command.getErr().println("tollgate: " + reason));
                return ExitCode.SOFTWARE;
            }
            throw failure;
        });
    }
}
