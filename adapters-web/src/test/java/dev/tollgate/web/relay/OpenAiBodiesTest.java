package dev.tollgate.web.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.web.relay.openai.ChatDialect;
import dev.tollgate.web.relay.openai.CompletionsDialect;
import dev.tollgate.web.relay.openai.EmbeddingsDialect;
import dev.tollgate.web.relay.openai.ImageEditsDialect;
import dev.tollgate.web.relay.openai.ImageGenerationsDialect;
import dev.tollgate.web.relay.openai.ModerationsDialect;
import dev.tollgate.web.relay.openai.ResponsesDialect;
import dev.tollgate.web.relay.openai.SpeechDialect;
import org.junit.jupiter.api.Test;

/** What is read of the bodies of OpenAI's calls besides chat. */
class OpenAiBodiesTest {
    @Test
    void a_response_is_read_for_its_bound_and_its_tier() {
        CallBody body = read(
                new ResponsesDialect(),
                "{\"model\":\"m\",\"stream\":true,\"max_output_tokens\":7,\"service_tier\":\"flex\",\"input\":\"hi\"}");

        assertThat(body.stream()).isTrue();
        assertThat(body.bounds().output()).isEqualTo(7);
        assertThat(body.bounds().input()).isNotNull();
        assertThat(body.bounds().lowerable()).isTrue();
        assertThat(body.asked().tier()).isEqualTo("flex");
        assertThat(body.usageAsked()).isTrue();
        assertThat(body.sessionHints()).hasSize(1);
        assertThat(body.references()).isEmpty();
    }

    @Test
    void what_a_response_builds_upon_is_named_and_not_in_its_bytes() {
        CallBody body = read(
                new ResponsesDialect(),
                "{\"model\":\"m\",\"previous_response_id\":\"resp_1\",\"conversation\":{\"id\":\"conv_1\"},"
                        + "\"tools\":[{\"type\":\"code_interpreter\",\"container\":\"cntr_1\"}],"
                        + "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":\"file-1\"}]}]}");

        assertThat(body.references()).containsExactly("resp_1", "conv_1", "cntr_1", "file-1");
        assertThat(body.bounds().input()).isNull();
        assertThat(body.bounds().serverTools()).containsKey("code_interpreter");
    }

    @Test
    void an_image_in_a_response_costs_by_the_piece() {
        String image = "data:image/png;base64," + "A".repeat(100_000);
        CallBody body = read(
                new ResponsesDialect(),
                "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\""
                        + image + "\"}]}]}");

        assertThat(body.bounds().input()).isBetween(10_000L, 12_000L);
    }

    @Test
    void tools_the_caller_runs_leave_the_input_bounded() {
        CallBody body = read(
                new ResponsesDialect(),
                "{\"model\":\"m\",\"input\":\"hi\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"},"
                        + "{\"type\":\"local_shell\"},{\"type\":\"apply_patch\"},{\"type\":\"computer_use_preview\"},"
                        + "{\"type\":\"namespace\",\"name\":\"crm\",\"tools\":[{\"type\":\"function\",\"name\":\"g\"}]}]}");

        assertThat(body.bounds().input()).isNotNull();
        assertThat(body.bounds().serverTools()).isEmpty();
    }

    @Test
    void a_dated_tool_has_the_price_of_its_plain_name() {
        CallBody body = read(
                new ResponsesDialect(),
                "{\"model\":\"m\",\"input\":\"hi\",\"tools\":[{\"type\":\"web_search_preview_2025_03_11\"}]}");

        assertThat(body.bounds().serverTools()).containsOnlyKeys("web_search_preview");
    }

    @Test
    void an_answer_made_in_the_background_is_refused_unless_it_is_streamed() {
        assertThat(refused(new ResponsesDialect(), "{\"model\":\"m\",\"input\":\"hi\",\"background\":true}")
                        .field())
                .isEqualTo("background");
        assertThat(read(
                        new ResponsesDialect(),
                        "{\"model\":\"m\",\"input\":\"hi\",\"background\":true,\"stream\":true}")
                        .stream())
                .isTrue();
    }

    @Test
    void every_prompt_is_completed_so_often() {
        CompletionsDialect completions = new CompletionsDialect();

        assertThat(choices(completions, "{\"model\":\"m\",\"prompt\":\"a\"}")).isEqualTo(1);
        assertThat(choices(completions, "{\"model\":\"m\",\"prompt\":[1,2,3]}")).isEqualTo(1);
        assertThat(choices(completions, "{\"model\":\"m\",\"n\":2,\"prompt\":[[1,2],[3]]}"))
                .isEqualTo(4);
        assertThat(choices(completions, "{\"model\":\"m\",\"n\":2,\"best_of\":5,\"prompt\":[\"a\",\"b\"]}"))
                .isEqualTo(10);
    }

    @Test
    void a_completion_may_ask_for_its_usage() {
        CallBody body = read(
                new CompletionsDialect(),
                "{\"model\":\"m\",\"prompt\":\"a\",\"max_tokens\":5,\"stream_options\":{\"include_usage\":true}}");

        assertThat(body.usageAsked()).isTrue();
        assertThat(body.bounds().output()).isEqualTo(5);
    }

    @Test
    void embeddings_have_no_output() {
        String text = "{\"model\":\"m\",\"input\":[\"a\",\"b\"]}";
        CallBody body = read(new EmbeddingsDialect(), text);

        assertThat(body.bounds().output()).isZero();
        assertThat(body.bounds().lowerable()).isFalse();
        assertThat(body.bounds().input()).isEqualTo(text.length());
    }

    @Test
    void images_are_bounded_by_their_number() {
        CallBody body = read(new ImageGenerationsDialect(), "{\"model\":\"m\",\"n\":3,\"prompt\":\"a cat\"}");

        assertThat(body.bounds().units().images()).isEqualTo(3);
        assertThat(body.bounds().choices()).isEqualTo(3);
        assertThat(body.bounds().output()).isGreaterThan(6_240);
        assertThat(refused(new ImageGenerationsDialect(), "{\"model\":\"m\",\"n\":11}")
                        .field())
                .isEqualTo("n");
    }

    @Test
    void images_to_edit_may_be_named_in_json() {
        CallBody body = read(
                new ImageEditsDialect(),
                "{\"model\":\"m\",\"prompt\":\"green\",\"images\":[{\"image_url\":\"https://a/b\"}]}");

        assertThat(body.contentType()).isEqualTo(CallBody.JSON);
        assertThat(body.bounds().input()).isGreaterThan(20_000);
    }

    @Test
    void speech_is_bounded_by_its_characters_and_always_streamed() {
        CallBody body = read(new SpeechDialect(), "{\"model\":\"m\",\"voice\":\"alloy\",\"input\":\"h\\u00e9llo\"}");

        assertThat(body.bounds().units().characters()).isBetween(5L, 7L);
        assertThat(body.stream()).isTrue();
    }

    @Test
    void a_moderation_needs_no_model() {
        ModerationsDialect moderations = new ModerationsDialect();

        assertThat(read(moderations, "{\"input\":\"hi\"}").model()).isEqualTo("omni-moderation-latest");
        assertThat(read(moderations, "{\"model\":\"m\",\"input\":\"hi\"}").model())
                .isEqualTo("m");
        assertThat(moderations.isFree()).isTrue();
    }

    @Test
    void a_form_is_not_taken_for_json() {
        BodyReading reading = new ChatDialect().read("{}".getBytes(UTF_8), "multipart/form-data; boundary=b");

        assertThat(((BodyReading.Refused) reading).error().status()).isEqualTo(415);
    }

    private static int choices(Dialect dialect, String json) {
        return read(dialect, json).bounds().choices();
    }

    private static CallBody read(Dialect dialect, String json) {
        return ((BodyReading.Read) dialect.read(json.getBytes(UTF_8), "application/json")).body();
    }

    private static CallError refused(Dialect dialect, String json) {
        return ((BodyReading.Refused) dialect.read(json.getBytes(UTF_8), "application/json")).error();
    }
}
