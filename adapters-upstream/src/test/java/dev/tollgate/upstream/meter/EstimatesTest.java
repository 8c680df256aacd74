package dev.tollgate.upstream.meter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.Corpus;
import dev.tollgate.upstream.Exchanges;
import dev.tollgate.upstream.Exchanges.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How far our own counts are from what providers told, over every recorded exchange that shows all that was counted. Writes
 * the table of docs/estimates.md to {@code target/estimates.md}.
 */
class EstimatesTest {
    /** No provider adds more of its own to a prompt; where more was told, the recorder put another prompt in its place. */
    private static final int TOLD_BESIDE = 1000;

    private static final List<Measured> MEASURED = new ArrayList<>();

    /** One count beside the provider's. */
    private record Measured(String family, String api, String side, String id, long told, long counted) {
        double error() {
            return Math.abs(counted - told) / (double) told;
        }
    }

    @BeforeAll
    static void measure() {
        for (Exchange exchange : Exchanges.whole()) {
            if (Replayed.isMetered(exchange)) {
                measure(exchange);
            }
        }
    }

    private static void measure(Exchange exchange) {
        if (!(Replayed.metered(exchange, true).report() instanceof UsageReport.Reported reported)) {
            return; // told, but nothing that can be true
        }
        Metered silent = Replayed.metered(exchange, false);
        assertThat(silent.flags()).as(exchange.id()).contains("usage_missing");
        assertThat(silent.report()).as(exchange.id()).isInstanceOf(UsageReport.Estimated.class);
        TokenUsage told = reported.usage().tokens();
        TokenUsage counted = silent.report().known().orElseThrow().tokens();
        boolean replaced = told.context() > exchange.request().toString().length() + TOLD_BESIDE;
        if (TextOnly.isRequest(exchange) && !replaced) {
            add(exchange, "input", told.context(), counted.context());
        }
        boolean reasoned = told.of(TokenClass.REASONING) > 0 && !exchange.api().endsWith("enerateContent");
        if (!reasoned && TextOnly.isAnswer(exchange, new String(exchange.answer(), ISO_8859_1))) {
            add(exchange, "output", told.of(TokenClass.OUTPUT), counted.of(TokenClass.OUTPUT));
        }
    }

    private static void add(Exchange exchange, String side, long told, long counted) {
        if (told > 0 && counted > 0) {
            MEASURED.add(new Measured(family(exchange), exchange.api(), side, exchange.id(), told, counted));
        }
    }

    private static String family(Exchange exchange) {
        if (exchange.model().contains("grok")) {
            return "xAI (on Azure)";
        }
        return switch (exchange.platform()) {
            case "openai", "azure-openai" -> "OpenAI";
            case "anthropic", "anthropic-oauth" -> "Anthropic";
            case "gemini", "vertex" -> "Gemini";
            default -> "Bedrock";
        };
    }

    @Test
    void the_medians_hold_and_the_table_is_written() throws IOException {
        assumeTrue(Corpus.folder() != null, "skipped: no corpus beside the checkout and TOLLGATE_CORPUS is not set");
        Map<String, List<Measured>> families = rows(one -> one.family + " | all | " + one.side);
        Map<String, List<Measured>> apis = rows(one -> one.family + " | " + one.api + " | " + one.side);
        StringBuilder table =
                new StringBuilder("| family | api | side | n | median | p90 |\n|---|---|---|--:|--:|--:|\n");
        families.forEach((name, row) -> table.append(line(name, row)));
        apis.forEach((name, row) -> table.append(line(name, row)));
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/estimates.md"), table);
        Files.writeString(
                Path.of("target/estimates-by-recording.tsv"),
                MEASURED.stream()
                        .map(one -> String.join(
                                "\t",
                                one.id,
                                one.side,
                                Long.toString(one.told),
                                Long.toString(one.counted),
                                percent(one.error())))
                        .collect(Collectors.joining("\n", "", "\n")));
        assertThat(families).hasSizeGreaterThanOrEqualTo(8);
        families.forEach((name, row) ->
                assertThat(at(row, 50)).as(name).isLessThanOrEqualTo(name.startsWith("OpenAI") ? 0.03 : 0.15));
    }

    private static Map<String, List<Measured>> rows(Function<Measured, String> name) {
        return MEASURED.stream().collect(Collectors.groupingBy(name, TreeMap::new, Collectors.toList()));
    }

    private static String line(String name, List<Measured> row) {
        return "| " + name + " | " + row.size() + " | " + percent(at(row, 50)) + " | " + percent(at(row, 90)) + " |\n";
    }

    /** The smallest error that so many percent of a row do not exceed. */
    private static double at(List<Measured> row, int percent) {
        List<Double> errors = row.stream().map(Measured::error).sorted().toList();
        return errors.get((errors.size() * percent + 99) / 100 - 1);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
