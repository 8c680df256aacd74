package dev.tollgate.bootstrap;

import dev.tollgate.bootstrap.cli.Tollgate;

/** The program's entry. */
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        int status = Tollgate.commandLine().execute(arguments);
        if (status != Tollgate.SERVING) {
            System.exit(status);
        }
    }
}
