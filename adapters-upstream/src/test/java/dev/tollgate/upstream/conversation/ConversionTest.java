package dev.tollgate.upstream.conversation;

import static dev.tollgate.upstream.conversation.Asked.function;
import static dev.tollgate.upstream.conversation.Asked.json;
import static dev.tollgate.upstream.conversation.Asked.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.CollectingClient;
import dev.tollgate.upstream.Platform;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.Replies.Chunking;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.anthropic.AnthropicUpstream;
import dev.tollgate.upstream.gemini.GeminiUpstream;
import dev.tollgate.upstream.gemini.conversation.GeminiPlatformCodec;
import dev.tollgate.upstream.http.UpstreamHttp;
import dev.tollgate.upstream.openai.OpenAiUpstream;
import dev.tollgate.upstream.simulated.SimulatedUpstream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A caller of a dialect of its own is served by each platform, over the wire and back. */
class ConversionTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final AnthropicUpstream ANTHROPIC = new AnthropicUpstream(HTTP, InstantSource.system());
    private static final OpenAiUpstream OPENAI = new OpenAiUpstream(HTTP, InstantSource.system());

    private static final GeminiUpstream GEMINI =
            new GeminiUpstream(HTTP, InstantSource.system(), new GeminiPlatformCodec(new FetchImages(HTTP)));

    private final CollectingClient client = new CollectingClient();

    @AfterAll
    static void close() {
        HTTP.close();
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: " + json("{'type':'" + type + "'" + members + "}") + "\n\n";
    }

    private static final String MESSAGE_STREAM =
            event("message_start", ",'message':{'usage':{'input_tokens':10,'output_tokens':1}}")
                    + event("content_block_start", ",'index':0,'content_block':{'type':'text','text':''}")
                    + event("content_block_delta", ",'index':0,'delta':{'type':'text_delta','text':'Grüße'}")
                    + event("content_block_stop", ",'index':0")
                    + event("message_delta", ",'delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':4}")
                    + event("message_stop", "");

    private static final String CHAT_STREAM = "data: " + json("{'choices':[{'index':0,'delta':{'content':'Grüße'}}]}")
            + "\n\ndata: " + json("{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}")
            + "\n\ndata: "
            + json("{'choices':[],'usage':{'prompt_tokens':10,'completion_tokens':4,'total_tokens':14}}")
            + "\n\ndata: [DONE]\n\n";

    private Prepared prepared(Platform platform, Calls calls, Asked asked) {
        return platform.prepare(asked.request(calls, new PlainCaller(asked.conversation())));
    }

    private String streamed(Platform platform, Calls calls, Asked asked) {
        Answer answer = Calls.send(prepared(platform, calls, asked.streamed()));
        StreamEnd end = ((Answer.Streaming) answer).forward(client);
        assertThat(end.reason()).isEqualTo(StreamEnd.Reason.TERMINAL);
        return new String(client.body(), UTF_8) + new String(end.held(), UTF_8);
    }

    @Test
    void a_stream_of_messages_is_told_anew_however_it_is_cut() {
        for (Chunking chunking : List.of(Chunking.whole(), Chunking.byBytes(1), Chunking.random(3, 40))) {
            try (ScriptedUpstream server =
                    ScriptedUpstream.answering(Replies.stream(MESSAGE_STREAM.getBytes(UTF_8), chunking))) {
                CollectingClient fresh = new CollectingClient();
                Asked asked = Asked.of("claude-sonnet-4-5", user("Hi")).streamed();
                Answer.Streaming answer =
                        (Answer.Streaming) Calls.send(prepared(ANTHROPIC, Calls.messages(server.baseUrl()), asked));
                StreamEnd end = answer.forward(fresh);

                assertThat(new String(fresh.body(), UTF_8) + new String(end.held(), UTF_8))
                        .isEqualTo("began|text|Grüße|closed|END 10+4|");
                assertThat(fresh.head().headers()).containsExactly(new Header("content-type", "text/plain"));
            }
        }
    }

    @Test
    void the_platforms_own_path_is_called_with_none_of_the_callers_headers() {
        try (ScriptedUpstream server =
                ScriptedUpstream.answering(Replies.stream(MESSAGE_STREAM.getBytes(UTF_8), Chunking.whole()))) {
            Calls calls = Calls.messages(server.baseUrl()).headers(List.of(new Header("openai-beta", "x")));
            var unused = streamed(ANTHROPIC, calls, Asked.of("claude-sonnet-4-5", user("Hi")));

            assertThat(server.received().getFirst().requestLine()).isEqualTo("POST /v1/messages HTTP/1.1");
            assertThat(server.received().getFirst().header("openai-beta")).isEmpty();
            assertThat(server.received().getFirst().header("anthropic-version")).containsExactly("2023-06-01");
        }
    }

    @Test
    void a_chat_completion_is_told_anew_streamed_and_whole() {
        String whole = json("{'choices':[{'index':0,'message':{'content':'Grüße'},'finish_reason':'stop'}],"
                + "'usage':{'prompt_tokens':10,'completion_tokens':4,'total_tokens':14}}");
        try (ScriptedUpstream server = ScriptedUpstream.start()) {
            server.then(Replies.stream(CHAT_STREAM.getBytes(UTF_8), Chunking.byBytes(1)));
            server.then(Replies.json(200, whole));
            Calls calls = Calls.chat(server.baseUrl());
            Asked asked = Asked.of("gpt-4o", user("Hi")).by("messages");

            assertThat(streamed(OPENAI, calls, asked)).isEqualTo("began|text|Grüße|closed|END 10+4|");
            Answer.Whole answer = (Answer.Whole) Calls.send(prepared(OPENAI, calls, asked));
            assertThat(new String(answer.body(), UTF_8)).isEqualTo("began|text|Grüße|closed|END 10+4|");
            assertThat(server.received().getFirst().requestLine()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
        }
    }

    @Test
    void a_stream_of_gemini_is_told_anew_though_it_has_no_end_mark() {
        String chunk = json("data: {'candidates':[{'content':{'parts':[{'text':'Grü'}]}}]}");
        String last = json("data: {'candidates':[{'content':{'parts':[{'text':'ße'}]},'finishReason':'STOP'}],"
                + "'usageMetadata':{'promptTokenCount':10,'candidatesTokenCount':4,'totalTokenCount':14}}");
        byte[] stream = (chunk + "\r\n\r\n" + last + "\r\n\r\n").getBytes(UTF_8);
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.stream(stream, Chunking.byBytes(1)))) {
            Asked asked = Asked.of("gemini-2.5-pro", user("Hi"));

            assertThat(streamed(GEMINI, Calls.chat(server.baseUrl()), asked))
                    .isEqualTo("began|text|Grü|ße|closed|END 10+4|");
            assertThat(server.received().getFirst().requestLine())
                    .isEqualTo("POST /v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse HTTP/1.1");
        }
    }

    @Test
    void a_refusal_of_the_platform_has_its_words() {
        try (ScriptedUpstream server = ScriptedUpstream.answering(
                Replies.json(400, json("{'type':'error','error':{'type':'x','message':'too long'}}")))) {
            Answer.Failed failed = (Answer.Failed) Calls.send(
                    prepared(ANTHROPIC, Calls.messages(server.baseUrl()), Asked.of("claude-sonnet-4-5", user("Hi"))));

            assertThat(failed.words()).isEqualTo("too long");
        }
    }

    @Test
    void what_is_lost_is_told_and_what_cannot_be_asked_is_refused() {
        Calls calls = Calls.messages("http://localhost");
        Asked asked = Asked.of("claude-sonnet-4-5", user("Hi"));

        assertThat(((Prepared.Ready) prepared(ANTHROPIC, calls, asked.sampledInEveryWay())).dropped())
                .contains("seed");
        assertThat(prepared(ANTHROPIC, calls, asked.stop(" "))).isInstanceOf(Prepared.Refused.class);
        assertThat(ANTHROPIC.speaks(asked.request(calls, null).call())).isFalse();
    }

    @Test
    void the_simulated_provider_serves_callers_of_any_dialect() {
        SimulatedUpstream simulated = new SimulatedUpstream(InstantSource.system(), pause -> {}, Duration.ZERO);
        Calls calls = Calls.chat("http://localhost");
        Asked asked = Asked.of("gpt-4o", user("Hello [[simulate: words=2]]"));
        Asked tool = Asked.of("gpt-4o", user("Use the tool")).tools(function("get weather"));

        assertThat(streamed(simulated, calls, asked)).startsWith("began|text|Hello| This|closed|END ");
        Answer.Whole whole = (Answer.Whole) Calls.send(prepared(simulated, calls, tool));
        assertThat(new String(whole.body(), UTF_8))
                .startsWith(json("began|get weather|{'city':'sample'}|closed|TOOL_CALLS "));
    }
}
