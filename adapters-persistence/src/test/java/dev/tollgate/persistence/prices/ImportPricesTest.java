package dev.tollgate.persistence.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.pricing.CachedPriceBook;
import dev.tollgate.application.pricing.Fields;
import dev.tollgate.application.pricing.ImportPrices;
import dev.tollgate.application.pricing.ImportPricesService;
import dev.tollgate.application.pricing.InMemoryModelMappings;
import dev.tollgate.application.pricing.InMemoryModels;
import dev.tollgate.application.pricing.ManageModelsService;
import dev.tollgate.application.pricing.PriceList;
import dev.tollgate.domain.pricing.PriceVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ImportPricesTest {
    private static final Path SHIPPED = Path.of("../bootstrap/src/main/resources/prices/tollgate-prices.json");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final AtomicLong ids = new AtomicLong();
    private final InMemoryChanges changes = new InMemoryChanges();
    private final InMemoryModels models = new InMemoryModels(changes);
    private final ImportPricesService prices =
            new ImportPricesService(models, new JsonPriceListReader(), ids::incrementAndGet, () -> NOW);

    @Test
    void the_shipped_list_goes_in_whole_and_once() throws IOException {
        byte[] shipped = Files.readAllBytes(SHIPPED);
        int listed = ((List<?>) JsonTree.readObject(shipped).get("models")).size();

        assertThat(prices.seed(shipped)).isEqualTo(listed);
        assertThat(prices.seed(shipped)).isZero();

        assertThat(models.all()).hasSize(listed);
        CachedPriceBook book = new CachedPriceBook(models, new InMemoryModelMappings(changes), changes, () -> NOW);
        PriceVersion opus = book.find("claude-opus-5-5", NOW).orElseThrow().version();
        assertThat(opus.effectiveFrom()).isEqualTo(Instant.parse("2026-09-22T00:00:00Z"));
        assertThat(book.find("claude-opus-5-5", opus.effectiveFrom().minusMillis(1)))
                .isEmpty();
    }

    @Test
    void an_exported_list_changes_nothing_where_it_came_from() throws IOException {
        assertThat(prices.seed(Files.readAllBytes(SHIPPED))).isPositive();
        String exported = JsonTree.write(prices.export().values());

        ImportPrices.Comparison comparison = compared(exported, true);

        assertThat(comparison.added()).isEmpty();
        assertThat(comparison.changed()).isEmpty();
        assertThat(comparison.skipped()).isEmpty();
        assertThat(comparison.unchanged()).hasSameSizeAs(models.all());
    }

    @Test
    void shows_what_would_change_and_changes_it_only_when_told_to() {
        String list = """
                {"models":[{"name":"gpt-6","platform":"openai","input_price":"%s","output_price":"10"},
                           {"name":"odd","platform":"openai","input_price":"0.0000001","output_price":"1"}]}""";
        ImportPrices.Comparison dry = compared(list.formatted("1.25"), false);
        assertThat(dry.added()).containsExactly("gpt-6");
        assertThat(dry.skipped()).extracting(PriceList.Skipped::name).containsExactly("odd");
        assertThat(models.all()).isEmpty();

        assertThat(compared(list.formatted("1.25"), true).applied()).isTrue();
        assertThat(compared(list.formatted("1.25"), true).unchanged()).containsExactly("gpt-6");

        ImportPrices.Comparison changed = compared(list.formatted("1"), true);
        assertThat(changed.changed())
                .containsExactly(new ImportPrices.Changed(
                        "gpt-6", List.of(new ImportPrices.FieldChange("input_price", "1.25", "1"))));
        assertThat(models.all().getFirst().history().versions()).hasSize(2);
    }

    @Test
    void reads_the_usual_shape_exactly() {
        ImportPrices.Comparison comparison = compared("""
                {"sample_spec":{"litellm_provider":"x"},
                 "claude-x":{"litellm_provider":"anthropic","mode":"chat","input_cost_per_token":5e-06,
                   "output_cost_per_token":2.5e-05,"cache_read_input_token_cost":5e-07,
                   "cache_creation_input_token_cost":6.25e-06,"cache_creation_input_token_cost_above_1hr":1e-05,
                   "input_cost_per_token_above_200k_tokens":1e-05,"output_cost_per_token_above_200k_tokens":3.75e-05,
                   "input_cost_per_token_batches":2.5e-06,"output_cost_per_token_batches":1.25e-05,
                   "input_cost_per_token_priority":1e-05,"output_cost_per_token_priority":2.6e-05,
                   "provider_specific_entry":{"fast":6.0,"us":1.1},
                   "search_context_cost_per_query":{"search_context_size_low":0.01,"search_context_size_medium":0.01},
                   "max_input_tokens":200000,"max_output_tokens":64000,"supports_vision":true},
                 "azure/claude-x":{"litellm_provider":"azure","mode":"chat","input_cost_per_token":1e-06,
                   "output_cost_per_token":2e-06},
                 "whisper-x":{"litellm_provider":"openai","mode":"audio_transcription","input_cost_per_second":0.0001,
                   "output_cost_per_second":0.0001},
                 "movie":{"litellm_provider":"openai","mode":"video_generation","output_cost_per_second":0.1},
                 "fine":{"litellm_provider":"openai","mode":"chat","input_cost_per_token":1.5e-13,
                   "output_cost_per_token":1e-6}}""", true);

        assertThat(comparison.added()).containsExactlyInAnyOrder("claude-x", "azure/claude-x", "whisper-x");
        assertThat(comparison.skipped()).extracting(PriceList.Skipped::name).containsExactly("movie", "fine");
        assertThat(comparison.notes()).anyMatch(note -> note.contains("priority"));
        assertThat(shown("claude-x").values())
                .containsEntry("platform", "claude")
                .containsEntry("input_price", "5")
                .containsEntry("output_price", "25")
                .containsEntry("cache_read_price", "0.5")
                .containsEntry("cache_write_5m_price", "6.25")
                .containsEntry("cache_write_1h_price", "10")
                .containsEntry(
                        "long_context", Map.of("threshold", 200_000L, "input_price", "10", "output_price", "37.5"))
                .containsEntry("tiers", Map.of("batch", "0.5", "fast", "6"))
                .containsEntry("geo", Map.of("us", "1.1"))
                .containsEntry("tool_prices", Map.of("web_search", "0.01"))
                .containsEntry("context_window", 200_000L)
                .containsEntry("max_output_tokens", 64_000L);
        assertThat(shown("whisper-x").values())
                .containsEntry("per_second_price", "0.0001")
                .containsEntry("input_price", "0");
    }

    @Test
    void a_prefixed_name_with_the_same_prices_is_an_alias() {
        String entry = """
                {"litellm_provider":"gemini","mode":"chat","input_cost_per_token":1e-6,"output_cost_per_token":2e-6}""";

        assertThat(compared("{\"gemini/g\":%s,\"g\":%s,\"gemini/only\":%s}".formatted(entry, entry, entry), true)
                        .added())
                .containsExactly("g", "only");
        assertThat(shown("g").get("aliases")).isEqualTo(List.of("gemini/g"));
        assertThat(shown("only").get("aliases")).isEqualTo(List.of("gemini/only"));
    }

    @Test
    void what_the_usual_shape_leaves_out_stays_as_we_know_it() {
        assertThat(compared("""
                {"models":[{"name":"m","platform":"claude","aliases":["n"],"input_price":"1","output_price":"2",
                  "cache_read_price":"0.1","geo":{"us":"1.1"}}]}""", true).added()).containsExactly("m");

        ImportPrices.Comparison comparison = compared("""
                {"m":{"litellm_provider":"anthropic","input_cost_per_token":1e-6,"output_cost_per_token":3e-6},
                 "n":{"litellm_provider":"anthropic","input_cost_per_token":9e-6,"output_cost_per_token":3e-6}}""", true);

        assertThat(comparison.changed())
                .containsExactly(
                        new ImportPrices.Changed("m", List.of(new ImportPrices.FieldChange("output_price", "2", "3"))));
        assertThat(comparison.skipped()).extracting(PriceList.Skipped::name).containsExactly("n");
        assertThat(shown("m").get("cache_read_price")).isEqualTo("0.1");
    }

    @Test
    void what_is_no_price_list_is_refused() {
        for (String file : List.of("", "[]", "{}", "{\"a\":1}", "{\"models\":[1]}", "{\"a\":{\"b\":1}}", "{\"a\"")) {
            assertThat(prices.importList(file.getBytes(StandardCharsets.UTF_8), true))
                    .isInstanceOf(ImportPrices.Result.Unreadable.class);
        }
    }

    @Test
    void numbers_of_absurd_length_cost_an_entry_and_no_memory() {
        assertThat(compared("""
                {"a":{"litellm_provider":"openai","input_cost_per_token":1e400000000,"output_cost_per_token":1e-6},
                 "b":{"litellm_provider":"openai","input_cost_per_token":1e-400000000,"output_cost_per_token":1e-6}}""", true).skipped()).hasSize(2);
    }

    @Test
    void the_fields_own_list_goes_in() throws IOException {
        Path file = outsideList();
        Assumptions.assumeTrue(file != null, "skipped: TOLLGATE_PRICES_FILE names no price list to import");

        byte[] list = Files.readAllBytes(file);
        ImportPrices.Comparison comparison = compared(new String(list, StandardCharsets.UTF_8), true);

        assertThat(comparison.skipped()).allMatch(skipped -> skipped.reason().contains("pico"));
        assertThat(comparison.added().size() + comparison.skipped().size())
                .isEqualTo(JsonTree.readObject(list).size());
        assertThat(comparison.added()).hasSizeGreaterThan(comparison.skipped().size());
    }

    /** The list that is named, or one that lies beside the checkout; null if there is none. */
    private static @Nullable Path outsideList() {
        String named = System.getenv("TOLLGATE_PRICES_FILE");
        if (named != null) {
            return Path.of(named);
        }
        Path name = Path.of("shared", "prices", "model_prices_and_context_window.json");
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path beside = at.resolveSibling(name);
            if (Files.isRegularFile(beside)) {
                return beside;
            }
        }
        return null;
    }

    private Fields shown(String name) {
        ManageModelsService manage = new ManageModelsService(models, ids::incrementAndGet, () -> NOW);
        return models.all().stream()
                .filter(priced -> priced.model().name().equals(name))
                .map(manage::show)
                .findFirst()
                .orElseThrow();
    }

    private ImportPrices.Comparison compared(String list, boolean apply) {
        ImportPrices.Result result = prices.importList(list.getBytes(StandardCharsets.UTF_8), apply);
        assertThat(result).isInstanceOf(ImportPrices.Result.Compared.class);
        return ((ImportPrices.Result.Compared) result).comparison();
    }
}
