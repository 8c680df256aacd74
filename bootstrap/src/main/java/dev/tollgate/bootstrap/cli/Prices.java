package dev.tollgate.bootstrap.cli;

import dev.tollgate.bootstrap.settings.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code prices import} and {@code prices export}. */
@Command(name = "prices", description = "Reads or writes the price list.", mixinStandardHelpOptions = true)
final class Prices implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "import or export?");
    }

    @Command(
            name = "import",
            description =
                    "Shows what a price list would change; ours, or the usual model_prices_and_context_window.json.",
            mixinStandardHelpOptions = true)
    int importing(
            @Parameters(paramLabel = "FILE", description = "the price list") Path file,
            @Option(names = "--apply", description = "change it") boolean apply) {
        return Reports.run(spec, "prices-import", apply ? Set.of("apply") : Set.of(), content(file));
    }

    @Command(name = "export", description = "Prints the price list in force.", mixinStandardHelpOptions = true)
    int export() {
        return Reports.run(spec, "prices-export", Set.of());
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StartRefused("cannot read " + file, e);
        }
    }
}
