package dev.tollgate.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.upstream.http.AnswerCodec.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImagesCodecTest {
    private static final ApiCalls CALL = ApiCalls.of(OpenAiApi.IMAGE_GENERATIONS, "http://localhost");
    private static final String TWO = "{\"created\":1,\"data\":[{\"url\":\"u\"},{\"b64_json\":\"aGk=\"}]}";

    @Test
    void images_and_words_are_told_apart_on_both_sides() {
        Metered metered = Read.whole(
                CALL,
                "{\"data\":[{}],\"usage\":{\"input_tokens\":50,\"output_tokens\":1364,\"total_tokens\":1414,"
                        + "\"input_tokens_details\":{\"text_tokens\":10,\"image_tokens\":40},"
                        + "\"output_tokens_details\":{\"image_tokens\":1056,\"text_tokens\":308}}}");

        assertThat(Read.reported(metered).tokens())
                .isEqualTo(new TokenUsage(Map.of(
                        TokenClass.INPUT, 10L,
                        TokenClass.IMAGE_INPUT, 40L,
                        TokenClass.OUTPUT, 308L,
                        TokenClass.IMAGE_OUTPUT, 1056L)));
    }

    @Test
    void without_details_all_output_is_images() {
        Metered metered = Read.whole(
                CALL, "{\"data\":[{}],\"usage\":{\"input_tokens\":5,\"output_tokens\":100,\"total_tokens\":105}}");

        assertThat(Read.reported(metered).tokens().of(TokenClass.IMAGE_OUTPUT)).isEqualTo(100);
    }

    @Test
    void models_that_tell_nothing_are_priced_by_the_image() {
        ApiCalls dalle = CALL.model("dall-e-3", "dall-e-3")
                .body("{\"model\":\"dall-e-3\",\"prompt\":\"p\",\"size\":\"1792x1024\",\"quality\":\"hd\"}");

        assertThat(Read.reported(Read.whole(dalle, TWO)).units().images()).isEqualTo(Map.of("1792x1024/hd", 2L));
        assertThat(Read.reported(Read.whole(dalle.body("{\"prompt\":\"p\"}"), TWO))
                        .units()
                        .images())
                .isEqualTo(Map.of("1024x1024/standard", 2L));
        assertThat(Read.reported(Read.whole(dalle.asForm(), TWO)).units().images())
                .isEqualTo(Map.of("512x512/standard", 2L));
    }

    @Test
    void a_model_that_should_have_told_is_flagged() {
        Metered metered = Read.whole(CALL, TWO);

        assertThat(metered.flags()).containsExactly("usage_missing");
        assertThat(Read.estimated(metered).units().images()).isEqualTo(Map.of("1024x1024/standard", 2L));
    }

    @Test
    void each_finished_image_of_a_stream_may_be_its_end() {
        String partial = "{\"type\":\"image_generation.partial_image\",\"b64_json\":\"aGk=\"}";
        String completed = "{\"type\":\"image_generation.completed\",\"b64_json\":\"aGk=\","
                + "\"usage\":{\"input_tokens\":5,\"output_tokens\":100,\"total_tokens\":105}}";

        Read read = Read.events(CALL.choices(2), partial, completed, completed);

        assertThat(read.verdicts()).containsExactly(Verdict.FORWARD, Verdict.HOLD, Verdict.HOLD);
        assertThat(read.codec().isUsageKnown()).isTrue();
        assertThat(Read.reported(read.codec().streamed(true)).tokens().of(TokenClass.IMAGE_OUTPUT))
                .isEqualTo(200);
    }
}
