package dev.tollgate.bootstrap.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of the matrix in {@code docs/matrix.md}, made from what the cells did. The build fails when the document
 * says otherwise; {@code -Dtollgate.docs.write=true} writes it.
 */
final class MatrixDocument {
    private static final Path FILE = Path.of("..", "docs", "matrix.md");
    private final Map<MatrixTest.Dialect, Map<Provider, Set<String>>> failures =
            new EnumMap<>(MatrixTest.Dialect.class);

    void add(MatrixTest.Dialect dialect, Provider provider, Set<String> failed) {
        failures.computeIfAbsent(dialect, same -> new EnumMap<>(Provider.class)).put(provider, new TreeSet<>(failed));
    }

    /** What the document must say; only once every pair was played. */
    String text() {
        String scenarios = Stream.of(Scenario.values()).map(Scenario::slug).collect(Collectors.joining(", "));
        String platforms = Stream.of(Provider.values()).map(Provider::type).collect(Collectors.joining(" | "));
        StringBuilder text =
                new StringBuilder(head(scenarios, platforms, "---|".repeat(Provider.values().length - 1) + "---"));
        for (MatrixTest.Dialect dialect : MatrixTest.Dialect.values()) {
            text.append("| ").append(dialect.recorded());
            for (Provider provider : Provider.values()) {
                Set<String> failed = failures.get(dialect).get(provider);
                text.append(" | ").append(failed.isEmpty() ? "all " + cells() + " pass" : "fails: " + failed);
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    private static String head(String scenarios, String platforms, String rule) {
        return """
            # Every dialect on every platform

            Made by `MatrixTest` from what it saw; do not edit. Each cell is a row's scenarios asked by the dialect's official
            Java SDK, streamed and not, on a server that answers on the platform's own wire. A cell passes when the SDK's own
            accumulator took the answer, text, tool calls, thoughts, stop reason and usage were what the platform said, the
            platform was sent what the caller asked, and the record was billed with the same tokens.

            Scenarios: %s.

            | Dialect | %s |
            |---|%s|
            """.formatted(scenarios, platforms, rule);
    }

    private static long cells() {
        return Stream.of(Scenario.values())
                .mapToLong(scenario -> scenario.isOnlyStreamed() ? 1 : 2)
                .sum();
    }

    boolean isComplete() {
        return failures.size() == MatrixTest.Dialect.values().length
                && failures.values().stream().allMatch(row -> row.size() == Provider.values().length);
    }

    void write() throws IOException {
        Files.writeString(FILE, text());
    }

    static String written() throws IOException {
        return Files.readString(FILE);
    }
}
