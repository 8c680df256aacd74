package dev.tollgate.web.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.RelayOutcome;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sounds and images come as forms, which go upstream as they are. */
@Timeout(30)
class UploadsTest {
    private static final RelayServer SERVER = new RelayServer();
    private static final String TYPE = "multipart/form-data; boundary=frontier";
    private static final String FILE = file("file", "\0sound\r\n--almost");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void answer_everything() {
        SERVER.calls.clear();
        SERVER.serve((call, client) ->
                new RelayOutcome.Answered(new AnswerHead(200, List.of()), new byte[] {'o', 'k'}, null, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/audio/transcriptions", "/openai/v1/audio/translations"})
    void a_sound_stays_the_bytes_it_is(String path) throws Exception {
        String form = FILE + field("model", "whisper-1") + field("stream", "true") + "--frontier--\r\n";

        assertThat(post(path, TYPE, form).statusCode()).isEqualTo(200);

        RelayCall call = SERVER.calls.take();
        assertThat(call.dialect()).isEqualTo("audio");
        assertThat(path).endsWith(call.path());
        assertThat(call.body().bytes()).isEqualTo(form.getBytes(StandardCharsets.UTF_8));
        assertThat(call.body().contentType()).isEqualTo(TYPE);
        assertThat(call.body().model()).isEqualTo("whisper-1");
        assertThat(call.body().stream()).isTrue();
        assertThat(call.body().bounds().units().seconds()).isEqualTo(1);
    }

    @Test
    void images_to_be_changed_are_counted() throws Exception {
        String form = file("image[]", "a") + file("image[]", "b") + field("prompt", "green") + field("n", "2")
                + field("model", "gpt-image-1") + "--frontier--\r\n";

        assertThat(post("/v1/images/edits", TYPE, form).statusCode()).isEqualTo(200);

        RelayCall call = SERVER.calls.take();
        assertThat(call.dialect()).isEqualTo("images");
        assertThat(call.body().bounds().units().images()).isEqualTo(2);
        assertThat(call.body().bounds().input()).isGreaterThanOrEqualTo(22_000);
    }

    @ParameterizedTest
    @CsvSource({
        "model, ''",
        "model, 'x;y'",
        "stream, 'yes'",
    })
    void what_is_wrong_is_named(String field, String value) throws Exception {
        String model = field.equals("model") ? "" : field("model", "m");
        String wrong = value.equals("x;y") ? field(field, "a\nb") : field(field, value);

        HttpResponse<String> answer = post("/v1/audio/transcriptions", TYPE, FILE + model + wrong + "--frontier--\r\n");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"param\":\"" + field + "\"");
        assertThat(SERVER.calls).isEmpty();
    }

    @Test
    void a_model_given_twice_or_as_a_file_is_refused() throws Exception {
        String twice = FILE + field("model", "a") + field("model", "b") + "--frontier--\r\n";
        String asFile = FILE + file("model", "whisper-1") + "--frontier--\r\n";

        assertThat(post("/v1/audio/transcriptions", TYPE, twice).body()).contains("\"param\":\"model\"");
        assertThat(post("/v1/audio/transcriptions", TYPE, asFile).body()).contains("\"param\":\"model\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/audio/transcriptions, application/json",
        "/v1/audio/speech, multipart/form-data; boundary=frontier",
        "/v1/messages, multipart/form-data; boundary=frontier",
    })
    void a_body_of_the_other_kind_is_not_taken(String path, String type) throws Exception {
        HttpResponse<String> answer = post(path, type, "{}");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("invalid_request_error");
    }

    private static HttpResponse<String> post(String path, String type, String body) throws Exception {
        return SERVER.send(SERVER.request(path).setHeader("content-type", type).POST(BodyPublishers.ofString(body)));
    }

    private static String field(String name, String value) {
        return "--frontier\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String name, String content) {
        return "--frontier\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"a\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n" + content + "\r\n";
    }
}
