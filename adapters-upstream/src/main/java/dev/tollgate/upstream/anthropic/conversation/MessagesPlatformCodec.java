package dev.tollgate.upstream.anthropic.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.upstream.conversation.AnswerReader;
import dev.tollgate.upstream.conversation.ClaudeModel;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.OfferedTools;
import dev.tollgate.upstream.conversation.PlatformCodec;
import dev.tollgate.upstream.conversation.SpokenTurns;
import dev.tollgate.upstream.conversation.TellableParts;
import dev.tollgate.upstream.conversation.ToolNames;

/** Anthropic's messages, at Anthropic itself and at servers that speak as it does. */
public final class MessagesPlatformCodec implements PlatformCodec {
    /** Names as servers of every age take them; the newest take 128 letters. */
    static final FittedNames.Rule NAMES = FittedNames.Rule.of("[a-zA-Z0-9_-]", "[a-zA-Z0-9_-]", 64);

    /** The API demands a bound; this is the one where nobody set any. */
    private static final long OUTPUT_BOUND = 8192;

    @Override
    public Written write(Conversation conversation, UpstreamRequest request) {
        Losses losses = new Losses(request.call());
        ClaudeModel model = ClaudeModel.of(request.sentModel());
        SpokenTurns spoken = SpokenTurns.of(conversation.turns(), new TellableParts(Signature.ANTHROPIC));
        OfferedTools tools = OfferedTools.of(conversation);
        FittedNames names = ToolNames.names(conversation, NAMES);
        long bound = bound(conversation, request, model);
        MessagesThinking thinking = MessagesThinking.of(conversation, spoken, tools, model, bound, losses);

        ObjectNode body = Json.object();
        body.put("model", request.sentModel());
        body.put("max_tokens", bound);
        if (!spoken.system().isEmpty()) {
            ArrayNode system = body.putArray("system");
            spoken.system()
                    .forEach(text -> system.addObject().put("type", "text").put("text", text));
        }
        FittedNames ids = ToolNames.ids(conversation, NAMES);
        body.set("messages", new MessagesBlocks(names, ids, losses).messages(spoken.turns()));
        new MessagesTools(names, losses).write(tools, conversation, body);
        thinking.write(body);
        MessagesFormat.write(conversation.format(), body, losses);
        MessagesSampling.write(conversation.sampling(), model, thinking.isOn(), body, losses);
        body.put("stream", request.call().body().stream());
        return losses.written(body);
    }

    private static long bound(Conversation conversation, UpstreamRequest request, ClaudeModel model) {
        Long set = request.outputBound() != null ? request.outputBound() : conversation.outputBound();
        return set != null
                ? set
                : Math.min(OUTPUT_BOUND + MessagesThinking.budget(conversation.reasoning()), model.outputMax());
    }

    @Override
    public AnswerReader reader(Conversation conversation) {
        return new MessagesReader(ToolNames.names(conversation, NAMES));
    }

    @Override
    public String words(byte[] body) {
        return Json.text(Json.read(body).path("error"), "message");
    }
}
