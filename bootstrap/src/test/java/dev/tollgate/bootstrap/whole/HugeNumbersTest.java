package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Numbers of a caller's own that multiply beyond every range: refused or bounded, and nothing breaks inside. */
class HugeNumbersTest {
    private static final int INTERNAL_ERROR = 500;
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final String DEAR = "{\"model\":\"dearest\",";
    private static final String CLAUDE = "{\"model\":\"claude-sonnet-4-5\"," + MESSAGES + ",";

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.answering(Replies.json(200, "{}"));
    private static String key;

    @BeforeAll
    static void set_up() {
        SERVER.world().account("openai", URI.create(UPSTREAM.baseUrl() + "/v1"), Map.of());
        SERVER.world().account("claude", URI.create(UPSTREAM.baseUrl()), Map.of());
        SERVER.world().model("dearest", "openai", "10000", "10000");
        long user = SERVER.world().user("ann", "10");
        SERVER.admin().put("/api/admin/users/" + user, Map.of("price_multiplier", "1000"));
        key = SERVER.world().key(user, Map.of());
    }

    @AfterAll
    static void tear_down() {
        UPSTREAM.close();
    }

    @TestFactory
    Stream<DynamicTest> never_break_anything_inside() {
        return Stream.of(
                search("922337204"),
                search("2147483647"),
                search("9223372036854775807"),
                search("99999999999999999999"),
                messages(
                        "a thinking budget",
                        "\"max_tokens\":10000000,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":9223372036854775807}"),
                dear("/v1/chat/completions", "answers", MESSAGES + ",\"n\":128,\"max_tokens\":10000000"),
                dear(
                        "/v1/responses",
                        "uses",
                        "\"input\":\"hi\",\"max_output_tokens\":10000000,\"max_tool_calls\":"
                                + "9223372036854775807,\"tools\":[{\"type\":\"web_search_preview\"}]"),
                dear("/v1/embeddings", "dimensions", "\"input\":\"hi\",\"dimensions\":9223372036854775807"),
                dear(
                        "/v1/completions",
                        "prompts",
                        "\"prompt\":[" + many("\"a\"", 20_000) + "],\"n\":128,\"best_of\":128,\"max_tokens\":10000000"),
                dear("/v1/images/generations", "images", "\"prompt\":\"hi\",\"n\":9223372036854775807"));
    }

    private static String many(String element, int count) {
        return String.join(",", Collections.nCopies(count, element));
    }

    private static DynamicTest search(String uses) {
        return messages(
                uses + " searches",
                "\"max_tokens\":10,\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":"
                        + uses + "}]");
    }

    private static DynamicTest messages(String name, String rest) {
        return test(name, "/v1/messages", CLAUDE + rest + "}");
    }

    private static DynamicTest dear(String path, String name, String rest) {
        return test(name, path, DEAR + rest + "}");
    }

    private static DynamicTest test(String name, String path, String body) {
        return DynamicTest.dynamicTest(name, () -> {
            HttpResponse<byte[]> answer = new Caller(SERVER.uri(), key)
                    .post(
                            path,
                            Map.of("authorization", "Bearer " + key, "content-type", "application/json"),
                            body.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.statusCode())
                    .as(new String(answer.body(), StandardCharsets.UTF_8))
                    .isNotEqualTo(INTERNAL_ERROR);
        });
    }
}
