package dev.tollgate.bootstrap.cli;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code migrate}. */
@Command(
        name = "migrate",
        description = "Applies the schema's migrations that are missing.",
        mixinStandardHelpOptions = true)
final class Migrate implements Callable<Integer> {
    @Option(names = "--list", description = "only list them, applied or not")
    private boolean list;

    @Option(names = "--dry-run", description = "only say which would be applied")
    private boolean dryRun;

    @Option(names = "--seed", description = "add demonstration data afterwards")
    private boolean seed;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (seed && (list || dryRun)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--seed changes the database, --list and --dry-run only look: give one or the other");
        }
        Set<String> options = new HashSet<>();
        if (list) {
            options.add("list");
        }
        if (dryRun) {
            options.add("dry-run");
        }
        if (seed) {
            options.add("seed");
        }
        return Reports.run(spec, "migrate", options);
    }
}
