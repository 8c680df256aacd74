package dev.tollgate.upstream.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.http.StreamEvent;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LeftBehindTest {
    private static final String USAGE = "\"usage\":{\"input_tokens\":9,\"output_tokens\":1}";
    private static final String CONTAINER =
            "\"container\":{\"id\":\"container_1\",\"expires_at\":\"2026-11-21T13:00:00Z\"}";
    private static final String RESULT =
            "{\"type\":\"bash_code_execution_tool_result\",\"tool_use_id\":\"t\",\"content\":"
                    + "{\"type\":\"bash_code_execution_result\",\"content\":[{\"file_id\":\"file_1\"},{\"file_id\":\"file_2\"}]}}";
    private static final String CALL =
            "{\"type\":\"tool_use\",\"name\":\"f\",\"input\":{\"file_id\":\"file_of_the_callers\"}}";

    private final MessagesCodec codec =
            new MessagesCodec(Calls.messages("http://localhost").request(), InstantSource.system());

    @Test
    void a_whole_answer_leaves_its_container_and_the_files_its_tools_wrote() {
        String body = "{" + CONTAINER + ",\"content\":[" + RESULT + "," + CALL + "]," + USAGE + "}";

        assertThat(codec.whole(body.getBytes(UTF_8)).created()).containsExactly("container_1", "file_1", "file_2");
    }

    @Test
    void a_stream_tells_them_as_they_come() {
        read("{\"type\":\"message_start\",\"message\":{\"container\":null," + USAGE + "}}");
        read("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":" + RESULT + "}");
        read("{\"type\":\"message_delta\",\"delta\":{" + CONTAINER + "}," + USAGE + "}");

        assertThat(codec.streamed(true).created()).containsExactly("container_1", "file_1", "file_2");
    }

    @Test
    void an_ordinary_answer_leaves_nothing() {
        String body = "{\"content\":[{\"type\":\"text\",\"text\":\"file_id\"}]," + USAGE + "}";

        assertThat(codec.whole(body.getBytes(UTF_8)).created()).isEmpty();
    }

    private void read(String data) {
        byte[] event = ("data: " + data + "\n\n").getBytes(UTF_8);
        StreamEvent next = new StreamEvent();
        next.read(event, 0, event.length);
        var unused = codec.read(next);
    }
}
