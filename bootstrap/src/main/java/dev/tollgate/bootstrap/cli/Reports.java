package dev.tollgate.bootstrap.cli;

import dev.tollgate.bootstrap.command.Commands;
import dev.tollgate.bootstrap.command.Report;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a command on the stores and prints what it came to. */
final class Reports {
    private static final byte[] NO_INPUT = {};

    private Reports() {}

    static int run(CommandSpec spec, String name, Set<String> options) {
        return run(spec, name, options, NO_INPUT);
    }

    static int run(CommandSpec spec, String name, Set<String> options, byte[] input) {
        Report report = Commands.run(Map.of(), name, options, input);
        PrintWriter out = spec.commandLine().getOut();
        report.lines().forEach(out::println);
        out.flush();
        return report.status();
    }
}
