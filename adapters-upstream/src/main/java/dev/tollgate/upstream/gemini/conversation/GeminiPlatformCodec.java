package dev.tollgate.upstream.gemini.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.upstream.conversation.AnswerReader;
import dev.tollgate.upstream.conversation.FetchImages;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.OfferedTools;
import dev.tollgate.upstream.conversation.PlatformCodec;
import dev.tollgate.upstream.conversation.SpokenTurns;
import dev.tollgate.upstream.conversation.TellableParts;
import dev.tollgate.upstream.conversation.ToolNames;

/** Gemini's generateContent; the model and whether it is streamed are the address's to say. */
public final class GeminiPlatformCodec implements PlatformCodec {
    /** Names of functions begin with a letter or an underscore. */
    private static final FittedNames.Rule NAMES = FittedNames.Rule.of("[a-zA-Z0-9_.-]", "[a-zA-Z_]", 64);

    private final FetchImages images;

    public GeminiPlatformCodec(FetchImages images) {
        this.images = images;
    }

    @Override
    public Written write(Conversation conversation, UpstreamRequest request) {
        return switch (images.in(conversation, request)) {
            case FetchImages.Outcome.Refused refused -> new Written.Refused(refused.error());
            case FetchImages.Outcome.Here here -> written(here.conversation(), request);
        };
    }

    private static Written written(Conversation conversation, UpstreamRequest request) {
        Losses losses = new Losses(request.call());
        GeminiModel model = GeminiModel.of(request.sentModel());
        FittedNames names = ToolNames.names(conversation, NAMES);
        SpokenTurns spoken =
                SpokenTurns.of(conversation.turns(), new TellableParts(Signature.GEMINI).and(GeminiContents::hasForm));
        ObjectNode body = Json.object();
        if (!spoken.system().isEmpty()) {
            ArrayNode parts = body.putObject("systemInstruction").putArray("parts");
            spoken.system().forEach(text -> parts.addObject().put("text", text));
        }
        body.set("contents", new GeminiContents(names, model, losses).write(spoken.turns()));
        new GeminiTools(names, losses)
                .write(OfferedTools.of(conversation), conversation.toolChoice().parallel(), body);
        ObjectNode config = Json.object();
        Long bound = request.outputBound() != null ? request.outputBound() : conversation.outputBound();
        if (bound != null) {
            config.put("maxOutputTokens", bound);
        }
        GeminiSampling.write(conversation.sampling(), model, config, losses);
        GeminiFormat.write(conversation.format(), config);
        GeminiThinking.write(conversation.reasoning(), model, config, losses);
        if (!config.isEmpty()) {
            body.set("generationConfig", config);
        }
        return losses.written(body);
    }

    @Override
    public AnswerReader reader(Conversation conversation) {
        return new GeminiReader(ToolNames.names(conversation, NAMES));
    }

    /** A stream's error may come in an array of one. */
    @Override
    public String words(byte[] body) {
        JsonNode told = Json.read(body);
        return Json.text((told.isArray() ? told.path(0) : told).path("error"), "message");
    }
}
