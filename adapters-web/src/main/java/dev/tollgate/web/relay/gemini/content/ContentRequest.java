package dev.tollgate.web.relay.gemini.content;

import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Turn;
import java.util.List;

/** Understands the body of a call that generates content. */
final class ContentRequest {
    private ContentRequest() {}

    static Conversation read(ProtoMembers body) {
        body.pass("model");
        List<Turn> turns = new TurnReading().turns(body);
        ToolReading tools = ToolReading.of(body);
        if (body.has("cachedContent")) {
            body.refuse("cachedContent", "a cache of one provider is unknown to the one that serves this model");
        }
        ProtoMembers given = body.object("generationConfig");
        GenerationConfig config = given == null ? GenerationConfig.NONE : GenerationConfig.read(given);
        body.dropRest();
        return new Conversation(
                turns,
                tools.tools(),
                tools.choice(),
                config.sampling(),
                config.outputBound(),
                config.reasoning(),
                config.format(),
                body.findings().dropped());
    }
}
