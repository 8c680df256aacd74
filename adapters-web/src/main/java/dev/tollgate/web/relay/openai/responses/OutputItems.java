package dev.tollgate.web.relay.openai.responses;

import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.conversation.WholeAnswer.WholeBlock;
import dev.tollgate.web.relay.openai.conversation.FreeText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The output of a response as far as it is told: makes its items, with ids and places, and keeps those that are done. */
final class OutputItems {
    private final String responseId;
    private final ResponsesTools tools;
    private final List<String> done = new ArrayList<>();

    /** @param responseId what the ids of the items are made of */
    OutputItems(String responseId, ResponsesTools tools) {
        this.responseId = responseId;
        this.tools = tools;
    }

    /** The next item of the output. */
    OutputItem item(Block block) {
        int index = done.size();
        return switch (block) {
            case Block.Text text -> new MessageItem(id("msg"), index, false);
            case Block.Refusal refusal -> new MessageItem(id("msg"), index, true);
            case Block.Thinking thinking -> new ReasoningItem(id("rs"), index, true);
            case Block.Redacted redacted -> new ReasoningItem(id("rs"), index, false);
            case Block.ToolCall call -> {
                boolean isFreeText = tools.isFreeText(call.name());
                FreeText freeText = isFreeText ? new FreeText() : null;
                yield new CallItem(id(isFreeText ? "ctc" : "fc"), index, call.id(), tools.name(call.name()), freeText);
            }
        };
    }

    /** The block that carries a call's signature before the call itself. */
    static WholeBlock carrying(Signature signature) {
        return new WholeBlock(new Block.Redacted(signature), "", signature);
    }

    /** Keeps the item as it is at its end. */
    void keep(OutputItem item, WholeBlock block) {
        done.add(new String(JsonText.of(json -> item.writeDone(json, block)), StandardCharsets.UTF_8));
    }

    /** The items that are done, in order, as JSON texts. */
    List<String> done() {
        return done;
    }

    private String id(String kind) {
        return kind + "_" + responseId + "_" + done.size();
    }
}
