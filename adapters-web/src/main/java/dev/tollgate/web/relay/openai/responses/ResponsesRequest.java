package dev.tollgate.web.relay.openai.responses;

import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.web.relay.conversation.Members;
import dev.tollgate.web.relay.openai.conversation.OpenAiEffort;
import dev.tollgate.web.relay.openai.conversation.OpenAiFormat;
import dev.tollgate.web.relay.openai.conversation.OpenAiToolChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request for a response. */
final class ResponsesRequest {
    /** What only the provider that kept it can look up. */
    private static final List<String> STATE = List.of("previous_response_id", "conversation", "prompt");

    private ResponsesRequest() {}

    static Conversation read(Members body) {
        body.pass("model", "stream", "stream_options");
        refuseWhatWouldBeLost(body);
        List<Turn> turns = new ResponsesInput(body).turns();
        List<Tool> tools = ResponsesTools.of(body).tools();
        ToolChoice choice = OpenAiToolChoice.read(body, tools);
        RawJson temperature = body.number("temperature");
        RawJson topP = body.number("top_p");
        Sampling sampling = new Sampling(temperature, topP, null, null, null, null, List.of());
        Long bound = body.whole("max_output_tokens");
        Reasoning reasoning = reasoning(body.object("reasoning"));
        OutputFormat format = format(body.object("text"));
        body.dropRest();
        return new Conversation(
                turns,
                tools,
                choice,
                sampling,
                bound,
                reasoning,
                format,
                body.findings().dropped());
    }

    private static void refuseWhatWouldBeLost(Members body) {
        for (String field : STATE) {
            if (body.has(field)) {
                body.refuse(field, "the model's provider does not keep it; send the whole input instead");
            }
        }
        if (body.isTrue("background")) {
            body.refuse("background", "the model's provider answers at once only");
        }
        Long alternatives = body.whole("top_logprobs");
        if (alternatives != null && alternatives > 0) {
            body.refuse("top_logprobs", "the model's provider does not tell them in this dialect");
        }
    }

    /** A summary asked for means that thoughts are to be shown; which kind of summary is the provider's choice. */
    private static @Nullable Reasoning reasoning(@Nullable Members reasoning) {
        if (reasoning == null) {
            return null;
        }
        boolean isShown = reasoning.has("summary") || reasoning.has("generate_summary");
        reasoning.drop("summary");
        reasoning.drop("generate_summary");
        Reasoning effort = OpenAiEffort.read(reasoning, "effort", isShown);
        reasoning.dropRest();
        return effort == null && isShown ? new Reasoning.Adaptive(null, true) : effort;
    }

    private static OutputFormat format(@Nullable Members text) {
        if (text == null) {
            return OutputFormat.TEXT;
        }
        OutputFormat format = OpenAiFormat.read(text.object("format"));
        text.dropRest();
        return format;
    }
}
