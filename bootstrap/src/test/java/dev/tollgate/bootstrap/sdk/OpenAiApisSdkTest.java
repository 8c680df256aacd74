package dev.tollgate.bootstrap.sdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.MultipartField;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.moderations.ModerationCreateResponse;
import dev.tollgate.bootstrap.server.FixedUpstream;
import dev.tollgate.bootstrap.server.FixedUpstream.Reply;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The official OpenAI SDK and everything that is not a conversation: images, sound, embeddings, moderations. */
class OpenAiApisSdkTest {
    private static final byte[] SOUND = {'I', 'D', '3', 0, (byte) 0xff, (byte) 0xfb, 13, 10, 0};
    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0};

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static FixedUpstream upstream;
    private static OpenAIClient client;

    @BeforeAll
    static void set_up() throws IOException {
        upstream = new FixedUpstream(Map.of(
                "/v1/images/generations", Reply.json(images(13, 0)),
                "/v1/images/edits", Reply.json(images(13, 323)),
                "/v1/audio/speech", new Reply("audio/mpeg", SOUND),
                "/v1/audio/transcriptions", Reply.json("""
                        {"text":"Hello there.","usage":{"type":"tokens","input_tokens":37,"output_tokens":11,
                         "total_tokens":48,"input_token_details":{"text_tokens":0,"audio_tokens":37}}}"""),
                "/v1/embeddings", Reply.json("""
                        {"object":"list","model":"text-embedding-3-small","usage":{"prompt_tokens":5,"total_tokens":5},
                         "data":[{"object":"embedding","index":0,"embedding":"AACAPwAAAAA="}]}"""),
                "/v1/moderations", Reply.json(moderation()),
                "/v1/completions", Reply.events("""
                        data: {"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[\
                        {"text":"Hello","index":0,"logprobs":null,"finish_reason":null}],"usage":null}

                        data: {"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[\
                        {"text":" there.","index":0,"logprobs":null,"finish_reason":"stop"}],"usage":null}

                        data: {"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[],\
                        "usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}

                        data: [DONE]

                        """)));
        SERVER.world().account("openai", upstream.uri().resolve("/v1"), Map.of());
        client = OpenAIOkHttpClient.builder()
                .baseUrl(SERVER.uri().resolve("/v1").toString())
                .apiKey(SERVER.world().key(SERVER.world().user("ann", "10"), Map.of()))
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void tear_down() {
        client.close();
        upstream.close();
    }

    @Test
    void draws_images_and_says_what_they_cost() {
        try (HttpResponseFor<ImagesResponse> answer = client.images()
                .withRawResponse()
                .generate(ImageGenerateParams.builder()
                        .model("gpt-image-1")
                        .prompt("A red fox")
                        .build())) {
            assertThat(answer.headers().values("x-tollgate-cost")).containsExactly("0.007905");
            assertThat(answer.parse().data().orElseThrow().get(0).b64Json()).contains("iVBORw==");
        }

        JsonNode record = recorded("images", "gpt-image-1", "0.007905");
        assertThat(record.get("input_tokens").asLong()).isEqualTo(13);
        assertThat(record.get("image_output_tokens").asLong()).isEqualTo(196);
    }

    @Test
    void edits_an_image_that_was_uploaded() {
        ImagesResponse answer = client.images()
                .edit(ImageEditParams.builder()
                        .model("gpt-image-1")
                        .prompt("Make it blue")
                        .image(MultipartField.<ImageEditParams.Image>builder()
                                .value(ImageEditParams.Image.ofInputStream(new ByteArrayInputStream(PICTURE)))
                                .filename("fox.png")
                                .contentType("image/png")
                                .build())
                        .build());

        assertThat(answer.usage().orElseThrow().outputTokens()).isEqualTo(196);
        assertThat(upstream.lastAsked().header("content-type")).startsWith("multipart/form-data");
        assertThat(upstream.lastAsked().text())
                .contains("filename=\"fox.png\"", "Make it blue", new String(PICTURE, ISO_8859_1));
        assertThat(recorded("images", "gpt-image-1", "0.011135")
                        .get("image_input_tokens")
                        .asLong())
                .isEqualTo(323);
    }

    @Test
    void speaks_in_the_very_bytes_that_came() throws IOException {
        try (HttpResponse answer = client.audio()
                        .speech()
                        .create(SpeechCreateParams.builder()
                                .model("tts-1")
                                .input("Hello there")
                                .voice("alloy")
                                .build());
                InputStream body = answer.body()) {
            assertThat(answer.headers().values("content-type")).containsExactly("audio/mpeg");
            assertThat(body.readAllBytes()).isEqualTo(SOUND);
        }

        JsonNode record = recorded("audio", "tts-1", "0.000165"); // eleven characters
        assertThat(record.get("usage_source").asText()).isEqualTo("upstream");
    }

    @Test
    void writes_down_what_was_said() {
        String text = client.audio()
                .transcriptions()
                .create(TranscriptionCreateParams.builder()
                        .model("gpt-4o-transcribe")
                        .file(MultipartField.<InputStream>builder()
                                .value(new ByteArrayInputStream(SOUND))
                                .filename("hello.mp3")
                                .contentType("audio/mpeg")
                                .build())
                        .build())
                .asTranscription()
                .text();

        assertThat(text).isEqualTo("Hello there.");
        assertThat(upstream.lastAsked().text()).contains("hello.mp3", new String(SOUND, ISO_8859_1));
        JsonNode record = recorded("audio", "gpt-4o-transcribe", "0.000332");
        assertThat(record.get("audio_input_tokens").asLong()).isEqualTo(37);
        assertThat(record.get("output_tokens").asLong()).isEqualTo(11);
    }

    @Test
    void embeds_texts() {
        CreateEmbeddingResponse answer = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("text-embedding-3-small")
                        .input("Hello there")
                        .build());

        assertThat(answer.data().get(0).embedding()).containsExactly(1f, 0f);
        assertThat(recorded("embeddings", "text-embedding-3-small", "0.0000001")
                        .get("input_tokens")
                        .asLong())
                .isEqualTo(5);
    }

    @Test
    void completes_a_text_in_a_stream() {
        CompletionCreateParams params = CompletionCreateParams.builder()
                .model("gpt-3.5-turbo-instruct")
                .prompt("Say hello")
                .maxTokens(20)
                .build();
        List<Completion> chunks;
        try (StreamResponse<Completion> stream = client.completions().createStreaming(params)) {
            chunks = stream.stream().toList();
        }

        assertThat(chunks.stream()
                        .flatMap(chunk -> chunk.choices().stream())
                        .map(choice -> choice.text())
                        .collect(Collectors.joining()))
                .isEqualTo("Hello there.");
        assertThat(chunks).as("usage nobody asked for").hasSize(2);
        JsonNode record = recorded("completions", "gpt-3.5-turbo-instruct", "0.0000215");
        assertThat(record.get("stream").asBoolean()).isTrue();
        assertThat(record.get("output_tokens").asLong()).isEqualTo(7);
    }

    @Test
    void moderates_for_nothing() {
        int before = SERVER.world().records().size();
        ModerationCreateResponse answer = client.moderations()
                .create(ModerationCreateParams.builder().input("Hello there").build());

        assertThat(answer.validate().results().get(0).flagged()).isFalse();
        assertThat(new String(upstream.lastAsked().body(), UTF_8)).doesNotContain("\"model\":null");
        SERVER.audit();
        assertThat(SERVER.world().records()).hasSize(before);
    }

    /** The newest record, of this kind and cost. */
    private static JsonNode recorded(String dialect, String model, String cost) {
        SERVER.audit();
        JsonNode record = SERVER.world().records().get(0);
        assertThat(Stream.of("dialect", "requested_model", "total_cost", "upstream_cost", "status")
                        .map(field -> record.get(field).asText()))
                .containsExactly(dialect, model, cost, cost, "completed");
        return record;
    }

    private static String images(int textTokens, int imageTokens) {
        int input = textTokens + imageTokens;
        return """
                {"created":1713833628,"background":"opaque","output_format":"png","quality":"low","size":"1024x1024",
                 "data":[{"b64_json":"iVBORw=="}],"usage":{"input_tokens":%d,"output_tokens":196,"total_tokens":%d,
                 "input_tokens_details":{"text_tokens":%d,"image_tokens":%d}}}""".formatted(input, input + 196, textTokens, imageTokens);
    }

    private static String moderation() {
        return """
                {"id":"modr-1","model":"omni-moderation-latest","results":[{"flagged":false,"categories":{%s},
                 "category_scores":{%s},"category_applied_input_types":{%s}}]}""".formatted(each("false"), each("0.1"), each("[\"text\"]"));
    }

    private static String each(String value) {
        return Stream.of(
                        "harassment",
                        "harassment/threatening",
                        "sexual",
                        "sexual/minors",
                        "hate",
                        "hate/threatening",
                        "illicit",
                        "illicit/violent",
                        "self-harm",
                        "self-harm/intent",
                        "self-harm/instructions",
                        "violence",
                        "violence/graphic")
                .map(category -> "\"" + category + "\":" + value)
                .collect(Collectors.joining(","));
    }
}
