package dev.tollgate.bootstrap.command;

import dev.tollgate.application.pricing.ImportPrices;
import dev.tollgate.application.pricing.ImportPrices.Comparison;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code prices import} and {@code prices export}. */
@Factory
final class PricesCommands {
    static final String IMPORT = "prices-import";
    static final String EXPORT = "prices-export";
    static final String APPLY = "apply";

    @Singleton
    @Named(IMPORT)
    StoreCommand importing(ImportPrices importPrices, CommandLog log) {
        return new Import(importPrices, log);
    }

    @Singleton
    @Named(EXPORT)
    StoreCommand exporting(ImportPrices importPrices) {
        return new Export(importPrices);
    }

    /** Shows what a file would change, and with {@code apply} changes it. */
    private record Import(ImportPrices importPrices, CommandLog log) implements StoreCommand {
        @Override
        public String name() {
            return IMPORT;
        }

        @Override
        public Report run(Set<String> options, byte[] input) {
            return switch (importPrices.importList(input, options.contains(APPLY))) {
                case ImportPrices.Result.Compared compared -> {
                    Comparison comparison = compared.comparison();
                    if (comparison.applied()) {
                        log.note("prices import --apply", "models", "changes", changes(comparison));
                    }
                    yield Report.done(lines(comparison));
                }
                case ImportPrices.Result.Unreadable(String why) -> Report.failed(List.of("not a price list: " + why));
                case ImportPrices.Result.NameTaken(String name) ->
                    Report.failed(List.of("nothing was changed: somebody just took the name " + name));
            };
        }

        private static List<String> lines(Comparison comparison) {
            List<String> lines = new ArrayList<>(comparison.notes());
            comparison.skipped().forEach(skipped -> lines.add("skipped " + skipped.name() + ": " + skipped.reason()));
            lines.addAll(changes(comparison));
            lines.add(
                    comparison.added().size() + " new, " + comparison.changed().size() + " changed, "
                            + comparison.unchanged().size() + " as they are, "
                            + comparison.skipped().size() + " skipped"
                            + (comparison.applied() ? "; applied" : "; nothing was applied, --apply does it"));
            return lines;
        }

        private static List<String> changes(Comparison comparison) {
            List<String> lines = new ArrayList<>();
            comparison.added().forEach(name -> lines.add("new " + name));
            comparison
                    .changed()
                    .forEach(changed -> changed.fields()
                            .forEach(field -> lines.add("changed " + changed.name() + ": " + field.field() + " from "
                                    + field.from() + " to " + field.to())));
            return lines;
        }
    }

    /** Prints the list in force as a file that can be imported. */
    private record Export(ImportPrices importPrices) implements StoreCommand {
        @Override
        public String name() {
            return EXPORT;
        }

        @Override
        public Report run(Set<String> options, byte[] input) {
            return Report.done(JsonText.of(importPrices.export().values()));
        }
    }
}
