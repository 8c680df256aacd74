package dev.tollgate.upstream.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.Calls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PlainCallsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimulatedUpstream upstream =
            new SimulatedUpstream(InstantSource.system(), time -> {}, Duration.ofMillis(15));

    @Test
    void the_same_text_has_the_same_vector_of_length_one() throws IOException {
        JsonNode data = embeddings("{\"input\":[\"red fox\",\"blue whale\",\"red fox\"],\"dimensions\":256}")
                .at("/data");

        assertThat(data).hasSize(3);
        assertThat(data.get(2).get("embedding")).isEqualTo(data.get(0).get("embedding"));
        assertThat(data.get(1).get("embedding")).isNotEqualTo(data.get(0).get("embedding"));
        assertThat(product(data.at("/0/embedding"), data.at("/0/embedding"))).isCloseTo(1, within(0.001));
    }

    @Test
    void texts_that_share_words_are_nearer_than_others() throws IOException {
        JsonNode data = embeddings("{\"input\":[\"a red fox runs\",\"a red fox sleeps\",\"taxes rise again today\"]}")
                .at("/data");

        assertThat(product(data.at("/0/embedding"), data.at("/1/embedding")))
                .isGreaterThan(product(data.at("/0/embedding"), data.at("/2/embedding")) + 0.3);
    }

    @Test
    void a_vector_may_be_asked_for_as_bytes() throws IOException {
        JsonNode numbers = embeddings("{\"input\":\"fox\",\"dimensions\":8}").at("/data/0/embedding");
        JsonNode text = embeddings("{\"input\":\"fox\",\"dimensions\":8,\"encoding_format\":\"base64\"}")
                .at("/data/0/embedding");

        ByteBuffer bytes =
                ByteBuffer.wrap(Base64.getDecoder().decode(text.asText())).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode number : numbers) {
            assertThat((double) bytes.getFloat()).isCloseTo(number.asDouble(), within(0.000_001));
        }
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void an_input_of_tokens_is_one_text() throws IOException {
        assertThat(embeddings("{\"input\":[1,2,3]}").at("/data")).hasSize(1);
        assertThat(embeddings("{\"input\":[[1,2],[3]]}").at("/data")).hasSize(2);
    }

    @Test
    void what_is_billed_is_what_the_answer_says() throws IOException {
        Answer.Whole answer = answer("embeddings", "{\"input\":\"hello\"}");

        long told = JSON.readTree(answer.body()).at("/usage/prompt_tokens").asLong();
        assertThat(answer.metered().report().known().orElseThrow().tokens().input())
                .isEqualTo(told);
    }

    @Test
    void gemini_embeds_one_text_or_several() throws IOException {
        JsonNode one = json(
                answer("embed_content", "{\"content\":{\"parts\":[{\"text\":\"fox\"}]},\"outputDimensionality\":16}"));
        JsonNode several = json(answer(
                "embed_content",
                "{\"requests\":[{\"content\":{\"parts\":[{\"text\":\"fox\"}]},\"outputDimensionality\":16}]}"));

        assertThat(one.at("/embedding/values")).hasSize(16);
        assertThat(several.at("/embeddings/0")).isEqualTo(one.get("embedding"));
    }

    @Test
    void moderations_object_to_nothing_and_cost_nothing() throws IOException {
        Answer.Whole answer = answer("moderations", "{\"input\":[\"a\",\"b\"]}");

        assertThat(json(answer).at("/results"))
                .hasSize(2)
                .allSatisfy(
                        result -> assertThat(result.get("flagged").asBoolean()).isFalse());
        assertThat(answer.metered()).isEqualTo(Metered.NOTHING);
    }

    private JsonNode embeddings(String body) throws IOException {
        return json(answer("embeddings", body));
    }

    private Answer.Whole answer(String dialect, String body) {
        UpstreamRequest request = Calls.chat("http://localhost").body(body).request();
        RelayCall chat = request.call();
        RelayCall call = new RelayCall(
                chat.id(), dialect, "/", null, null, null, chat.headers(), chat.body(), null, false, null, null);
        return (Answer.Whole) Calls.send(upstream.prepare(new UpstreamRequest(
                call,
                request.account(),
                request.connection(),
                request.sentModel(),
                request.outputBound(),
                request.fetchImages(),
                request.contextWindow(),
                request.deadlines())));
    }

    private static JsonNode json(Answer.Whole answer) throws IOException {
        return JSON.readTree(new String(answer.body(), UTF_8));
    }

    private static double product(JsonNode one, JsonNode other) {
        double sum = 0;
        for (int axis = 0; axis < one.size(); axis++) {
            sum += one.get(axis).asDouble() * other.get(axis).asDouble();
        }
        return sum;
    }
}
