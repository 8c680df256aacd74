package dev.tollgate.web.admin.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.TimeOrderedIds;
import dev.tollgate.application.pricing.Fields;
import dev.tollgate.application.pricing.ImportPricesService;
import dev.tollgate.application.pricing.InMemoryModelMappings;
import dev.tollgate.application.pricing.InMemoryModels;
import dev.tollgate.application.pricing.ManageModelMappingsService;
import dev.tollgate.application.pricing.ManageModelsService;
import dev.tollgate.application.pricing.PriceList;
import dev.tollgate.application.pricing.PriceListReader;
import dev.tollgate.web.admin.Answer;
import dev.tollgate.web.admin.SignedIn;
import dev.tollgate.web.admin.TestServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PricingApiTest {
    private static final InstantSource CLOCK = () -> Instant.parse("2026-11-21T12:00:00Z");
    private static final Ids IDS = new TimeOrderedIds(CLOCK, ThreadLocalRandom.current()::nextInt);
    private static final InMemoryChanges CHANGES = new InMemoryChanges();
    private static final InMemoryModels MODELS = new InMemoryModels(CHANGES);
    private static final TestServer SERVER = TestServer.start(
            CLOCK,
            new ManageModelsService(MODELS, IDS, CLOCK),
            new ManageModelMappingsService(new InMemoryModelMappings(CHANGES), IDS),
            new ImportPricesService(MODELS, PricingApiTest::oneModel, IDS, CLOCK));
    private static final SignedIn ADMIN = TestServer.ADMIN;
    private static final String PATH = "/api/admin/models";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void a_model_is_created_read_changed_and_removed() {
        Answer created = SERVER.post(ADMIN, PATH, """
                {"name":"gpt-6","platform":"openai","aliases":["six"],"input_price":"1.25","output_price":"10",
                 "long_context":{"threshold":272000,"input_price":"2.5"},"tiers":{"batch":"0.5"},
                 "tool_prices":{"web_search":"0.01"},"context_window":400000}""");
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.data())
                .containsEntry("name", "gpt-6")
                .containsEntry("aliases", List.of("six"))
                .containsEntry("enabled", true)
                .containsEntry("input_price", "1.25")
                .containsEntry("cache_read_price", null)
                .containsEntry("long_context", Map.of("threshold", 272_000, "input_price", "2.5"))
                .containsEntry("tiers", Map.of("batch", "0.5"))
                .containsEntry("context_window", 400_000)
                .containsEntry("effective_from", "2026-11-21T12:00:00Z");
        String path = PATH + "/" + created.data().get("id");

        Answer changed =
                SERVER.put(ADMIN, path, "{\"output_price\":\"12\",\"context_window\":null,\"long_context\":null}");
        assertThat(changed.data())
                .containsEntry("output_price", "12")
                .containsEntry("input_price", "1.25")
                .containsEntry("context_window", null)
                .containsEntry("long_context", null);
        assertThat(SERVER.get(ADMIN, path).data()).isEqualTo(changed.data());

        Answer history = SERVER.get(ADMIN, path + "/history");
        assertThat((List<?>) history.json().get("data")).hasSize(2);
        assertThat(SERVER.get(ADMIN, PATH + "?search=SIX").items()).hasSize(1);

        assertThat(SERVER.delete(ADMIN, path).json().get("data")).isNull();
        assertThat(SERVER.get(ADMIN, path).status()).isEqualTo(404);
    }

    @Test
    void what_is_wrong_is_told_field_by_field() {
        assertThat(SERVER.post(ADMIN, PATH, "{\"name\":\"x\",\"input_price\":1,\"colour\":\"red\"}")
                        .wrongFields())
                .contains("platform", "input_price", "colour");
        assertThat(SERVER.post(ADMIN, PATH, "[]").status()).isEqualTo(400);
        assertThat(SERVER.put(ADMIN, PATH + "/99", "{}").status()).isEqualTo(404);
    }

    @Test
    void a_name_that_is_taken_is_a_conflict() {
        String model = "{\"name\":\"taken\",\"platform\":\"openai\",\"input_price\":\"1\",\"output_price\":\"1\"}";
        assertThat(SERVER.post(ADMIN, PATH, model).status()).isEqualTo(200);

        assertThat(SERVER.post(ADMIN, PATH, model).status()).isEqualTo(409);
    }

    @Test
    void a_list_is_compared_and_taken_over_only_when_told_to() {
        Answer dry = SERVER.post(ADMIN, PATH + "/import", "{\"any\":\"file\"}");
        assertThat(dry.status()).isEqualTo(200);
        assertThat(dry.data())
                .containsEntry("applied", false)
                .containsEntry("added", List.of("imported"))
                .containsEntry("skipped", List.of(Map.of("name", "other", "reason", "too fine")));
        assertThat(SERVER.get(ADMIN, PATH + "?search=imported").items()).isEmpty();

        assertThat(SERVER.post(ADMIN, PATH + "/import?apply=true", "{\"any\":\"file\"}")
                        .data())
                .containsEntry("applied", true);

        assertThat(SERVER.get(ADMIN, PATH + "?search=imported").items()).hasSize(1);
        assertThat((List<?>) SERVER.get(ADMIN, PATH + "/export").json().get("models"))
                .isNotEmpty();
    }

    @Test
    void mappings_are_created_changed_and_removed() {
        String mappings = "/api/admin/model-mappings";
        Answer created = SERVER.post(ADMIN, mappings, "{\"pattern\":\"gpt-*\",\"target\":\"gpt-6\"}");
        assertThat(created.data())
                .containsEntry("pattern", "gpt-*")
                .containsEntry("priority", 0)
                .containsEntry("enabled", true);
        String path = mappings + "/" + created.data().get("id");

        assertThat(SERVER.put(ADMIN, path, "{\"priority\":5,\"enabled\":false}").data())
                .containsEntry("target", "gpt-6")
                .containsEntry("priority", 5)
                .containsEntry("enabled", false);
        assertThat(SERVER.post(ADMIN, mappings, "{}").wrongFields()).containsExactly("pattern", "target");
        assertThat(SERVER.get(ADMIN, mappings).items()).hasSize(1);
        assertThat(SERVER.delete(ADMIN, path).status()).isEqualTo(200);
        assertThat(SERVER.delete(ADMIN, path).status()).isEqualTo(404);
    }

    @Test
    void is_the_admins_alone() {
        assertThat(SERVER.get(TestServer.USER, PATH).status()).isEqualTo(403);
        assertThat(SERVER.get(null, PATH).status()).isEqualTo(401);
    }

    private static PriceList oneModel(byte[] file) {
        if (file.length == 0) {
            throw new PriceListReader.Unreadable("empty");
        }
        return new PriceList(
                false,
                List.of(new Fields(
                        Map.of("name", "imported", "platform", "openai", "input_price", "1", "output_price", "2"))),
                List.of(new PriceList.Skipped("other", "too fine")),
                List.of());
    }
}
