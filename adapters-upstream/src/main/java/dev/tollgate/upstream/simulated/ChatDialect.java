package dev.tollgate.upstream.simulated;

import static dev.tollgate.upstream.http.JsonEdits.quoted;

import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.openai.OpenAiUpstream;
import java.time.InstantSource;
import java.util.List;

/** Chat completions. */
final class ChatDialect implements Dialect {
    @Override
    public String whole(Script script, UpstreamRequest request) {
        Prompt.Tool tool = script.prompt().tool();
        String message = tool == null
                ? "\"content\":" + quoted(script.text())
                : "\"content\":null,\"tool_calls\":[" + call(tool, tool.arguments()) + "]";
        return "{" + identity("chat.completion", request)
                + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + message + ",\"refusal\":null},\"logprobs\":null,\"finish_reason\":" + finish(script) + "}]"
                + (script.withUsage() ? ",\"usage\":" + usage(script) : "") + "}";
    }

    @Override
    public Events events(Script script, UpstreamRequest request) {
        Prompt.Tool tool = script.prompt().tool();
        String begun = tool == null ? "\"content\":\"\"" : "\"content\":null,\"tool_calls\":[" + call(tool, "") + "]";
        String first = chunk(request, "{\"role\":\"assistant\"," + begun + ",\"refusal\":null}", "null");
        List<String> words = script.words().stream()
                .map(word -> tool == null
                        ? "{\"content\":" + quoted(word) + "}"
                        : "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":" + quoted(word) + "}}]}")
                .map(delta -> chunk(request, delta, "null"))
                .toList();
        String stop = chunk(request, "{}", finish(script));
        String done = "data: [DONE]\n\n";
        return new Events(
                List.of(first),
                words,
                script.withUsage() ? List.of(stop, usageChunk(script, request), done) : List.of(stop, done));
    }

    private static String chunk(UpstreamRequest request, String delta, String finish) {
        return "data: {" + identity("chat.completion.chunk", request) + ",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finish + "}],\"usage\":null}\n\n";
    }

    private static String usageChunk(Script script, UpstreamRequest request) {
        return "data: {" + identity("chat.completion.chunk", request) + ",\"choices\":[],\"usage\":" + usage(script)
                + "}\n\n";
    }

    private static String identity(String object, UpstreamRequest request) {
        return "\"id\":" + quoted("chatcmpl-" + request.call().id().text()) + ",\"object\":" + quoted(object)
                + ",\"created\":" + request.call().id().instant().getEpochSecond() + ",\"model\":"
                + quoted(request.sentModel()) + ",\"service_tier\":\"default\"";
    }

    private static String call(Prompt.Tool tool, String arguments) {
        return "{\"index\":0,\"id\":\"call_simulated\",\"type\":\"function\",\"function\":{\"name\":"
                + quoted(tool.name()) + ",\"arguments\":" + quoted(arguments) + "}}";
    }

    private static String finish(Script script) {
        return script.prompt().tool() != null ? "\"tool_calls\"" : script.cut() ? "\"length\"" : "\"stop\"";
    }

    private static String usage(Script script) {
        return "{\"prompt_tokens\":" + script.inputTokens() + ",\"completion_tokens\":" + script.outputTokens()
                + ",\"total_tokens\":" + (script.inputTokens() + script.outputTokens())
                + ",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0}"
                + ",\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
                + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}";
    }

    @Override
    public String error(int status, String message) {
        String type = status == 429 ? "requests" : status >= 500 ? "server_error" : "invalid_request_error";
        String code = status == 429 ? "\"rate_limit_exceeded\"" : "null";
        return "{\"error\":{\"message\":" + quoted(message) + ",\"type\":" + quoted(type) + ",\"param\":null,\"code\":"
                + code + "}}";
    }

    @Override
    public String errorEvent(String message) {
        return "data: " + error(500, message) + "\n\n";
    }

    @Override
    public AnswerCodec codec(UpstreamRequest request, InstantSource clock) {
        return OpenAiUpstream.codec(request, clock);
    }
}
