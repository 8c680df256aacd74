package dev.tollgate.web.relay.openai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.web.relay.conversation.Members;
import dev.tollgate.web.relay.openai.conversation.OpenAiFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the body of a chat completion. */
final class ChatRequest {
    private ChatRequest() {}

    static Conversation read(Members body) {
        body.pass("model", "stream", "stream_options");
        refuseWhatWouldBeLost(body);
        List<Turn> turns = new ChatMessages(body).turns();
        List<Tool> tools = ChatTools.tools(body);
        ToolChoice choice = ChatTools.choice(body, tools);
        Sampling sampling = sampling(body);
        Long bound = outputBound(body);
        Reasoning reasoning = ChatReasoning.read(body);
        OutputFormat format = OpenAiFormat.read(body.object("response_format"));
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
        Long choices = body.whole("n");
        if (choices != null && choices != 1) {
            body.refuse("n", "the model's provider gives one answer to a request");
        }
        if (body.isTrue("logprobs")) {
            body.refuse("logprobs", "the model's provider does not tell them in this dialect");
        }
        Long alternatives = body.whole("top_logprobs");
        if (alternatives != null && alternatives > 0) {
            body.refuse("top_logprobs", "the model's provider does not tell them in this dialect");
        }
        if (body.texts("modalities").stream().anyMatch(modality -> !modality.equals("text"))) {
            body.refuse("modalities", "the model's provider answers in text only in this dialect");
        }
        if (body.has("audio")) {
            body.refuse("audio", "the model's provider answers in text only in this dialect");
        }
    }

    private static Sampling sampling(Members body) {
        return new Sampling(
                body.number("temperature"),
                body.number("top_p"),
                body.whole("top_k"),
                body.number("frequency_penalty"),
                body.number("presence_penalty"),
                body.whole("seed"),
                stop(body));
    }

    private static List<String> stop(Members body) {
        JsonNode stop = body.value("stop");
        return stop != null && stop.isTextual() ? List.of(stop.textValue()) : body.texts("stop");
    }

    /** Where both names are there, servers differ in which they heed: the larger is the bound. */
    private static @Nullable Long outputBound(Members body) {
        Long newer = body.whole("max_completion_tokens");
        Long older = body.whole("max_tokens");
        return newer == null || (older != null && older > newer) ? older : newer;
    }
}
