package dev.tollgate.bootstrap;

import picocli.CommandLine;

/** Reads the command line before anything else is loaded, so that a mistyped option costs no start of the gateway. */
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        int status = new CommandLine(new Tollgate()).execute(arguments);
        if (status != Tollgate.SERVING) {
            System.exit(status);
        }
    }
}
