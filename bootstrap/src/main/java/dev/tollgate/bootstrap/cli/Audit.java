package dev.tollgate.bootstrap.cli;

import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit}. */
@Command(
        name = "audit",
        description =
                "Recomputes every balance, counter and sum from the usage records; exits 1 with one line a difference.",
        exitCodeOnExecutionException = Audit.NOT_DONE,
        mixinStandardHelpOptions = true)
final class Audit implements Callable<Integer> {
    /** It could not look, which is not to be taken for differences. */
    static final int NOT_DONE = 4;

    @Option(names = "--repair", description = "set what differs to what the records say; records are never touched")
    private boolean repair;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        return Reports.run(spec, "audit", repair ? Set.of("repair") : Set.of());
    }
}
