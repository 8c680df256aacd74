package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.bedrock.conversation.ToldConversation;
import dev.tollgate.upstream.conversation.Asked;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockUpstreamTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final BedrockUpstream BEDROCK = new BedrockUpstream(HTTP, InstantSource.system());
    private static final Conversation HELLO = Asked.of("m", Asked.user("Hello")).conversation();
    private static final String CONVERSED = "{\"output\":{\"message\":{\"content\":[{\"text\":\"Hi\"}]}},"
            + "\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":3,\"outputTokens\":1}}";

    private final ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(200, CONVERSED));

    @AfterEach
    void stop() {
        server.close();
    }

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @ParameterizedTest
    @CsvSource({
        "messages,us.anthropic.claude-sonnet-4-5-20250929-v1:0,invoke",
        "chat,us.anthropic.claude-sonnet-4-5-20250929-v1:0,converse",
        "messages,amazon.nova-lite-v1:0,converse",
        "generate_content,meta.llama3-70b-instruct-v1:0,converse"
    })
    void only_messages_to_claude_are_not_converted(String dialect, String model, String operation) {
        Answer answer = Calls.send(BEDROCK.prepare(call(dialect, HELLO, model, "{\"max_tokens\":5}")));

        assertThat(answer).isInstanceOf(Answer.Whole.class);
        ScriptedUpstream.Received received = server.received().get(0);
        assertThat(received.requestLine())
                .isEqualTo("POST /model/" + model.replace(":", "%3A") + "/" + operation + " HTTP/1.1");
        assertThat(received.header("authorization")).containsExactly("Bearer bedrock-key");
        assertThat(received.header("accept")).containsExactly("application/json");
    }

    @Test
    void what_is_dropped_is_known_before_anything_is_sent() {
        UpstreamRequest request = BedrockCalls.messages(
                server.baseUrl(),
                "{\"max_tokens\":5,\"speed\":\"fast\"}",
                false,
                List.of(new Header("anthropic-beta", "fast-mode-2026-02-01")));

        assertThat(((Prepared.Ready) BEDROCK.prepare(request)).dropped())
                .containsExactly("anthropic-beta:fast-mode-2026-02-01", "speed");
        assertThat(server.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"source\":{\"type\":\"url\"}}", "{\"source\":{\"type\" :\n \"url\",\"url\":\"x\"}}"})
    void an_image_by_its_address_is_refused_by_its_field_though_claude_is_asked_in_its_own_dialect(String body) {
        Conversation shown = Asked.of(
                        "m", Asked.user(new Part.Image(new Media.Url("https://example.com/a.png", null), null)))
                .conversation();

        assertThat(BEDROCK.prepare(call("messages", shown, BedrockCalls.CLAUDE, body)))
                .isInstanceOfSatisfying(Prepared.Refused.class, refused -> {
                    assertThat(refused.error().status()).isEqualTo(400);
                    assertThat(refused.error().field()).contains("image");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"tools\":[{\"url\":\"type\"}]}", "\"url\"", "{\"max_tokens\":5}", "{\"a\":\"url\"}"})
    void a_body_that_shows_nothing_by_address_is_not_even_read(String body) {
        Conversation shown = Asked.of(
                        "m", Asked.user(new Part.Image(new Media.Url("https://example.com/a.png", null), null)))
                .conversation();

        assertThat(ShownByAddress.isIn(
                        call("messages", shown, BedrockCalls.CLAUDE, body).call()))
                .isFalse();
    }

    @Test
    void a_converted_answer_is_told_with_the_usage_that_is_charged() {
        Answer answer = Calls.send(BEDROCK.prepare(call("chat", HELLO, "amazon.nova-lite-v1:0", "{}")));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Whole.class,
                        whole -> assertThat(new String(whole.body(), UTF_8))
                                .isEqualTo("began\nopened Text[]\ngrew Hi\nclosed\nfinished END null 1\n"));
    }

    private UpstreamRequest call(String dialect, Conversation conversation, String model, String body) {
        return BedrockCalls.converted(
                server.baseUrl(), dialect, new ToldConversation(conversation), body, false, model);
    }
}
