package dev.tollgate.web.relay.openai.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.conversation.WholeAnswer;
import dev.tollgate.web.relay.conversation.WholeAnswer.WholeBlock;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes a whole chat completion; texts of one kind are joined, for a message has one of each. */
record ChatCompletion(ChatHead head, ChatCallForms forms) {
    byte[] document(WholeAnswer answer) {
        boolean hasCalls = answer.blocks().stream().anyMatch(ChatCompletion::isCall);
        return JsonText.of(json -> {
            json.writeStartObject();
            head.write(json, "chat.completion");
            json.writeArrayFieldStart("choices");
            json.writeStartObject();
            json.writeNumberField("index", 0);
            json.writeFieldName("message");
            writeMessage(json, answer.blocks());
            json.writeNullField("logprobs");
            json.writeStringField(
                    "finish_reason", forms.finish(answer.finished().reason(), hasCalls));
            json.writeEndObject();
            json.writeEndArray();
            json.writeFieldName("usage");
            ChatFinish.writeUsage(json, answer.finished().usage());
            json.writeEndObject();
        });
    }

    private void writeMessage(JsonGenerator json, List<WholeBlock> blocks) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", "assistant");
        String content = joined(blocks, Block.Text.class::isInstance);
        String thoughts = joined(blocks, Block.Thinking.class::isInstance);
        json.writeStringField("content", content == null && blocks.isEmpty() ? "" : content);
        json.writeStringField("refusal", joined(blocks, Block.Refusal.class::isInstance));
        json.writeArrayFieldStart("annotations");
        json.writeEndArray();
        if (thoughts != null) {
            json.writeStringField(ChatThoughts.TEXT, thoughts);
        }
        writeDetails(json, blocks);
        writeCalls(json, blocks.stream().filter(ChatCompletion::isCall).toList());
        json.writeEndObject();
    }

    private static void writeDetails(JsonGenerator json, List<WholeBlock> blocks) throws IOException {
        List<WholeBlock> signed = blocks.stream()
                .filter(block -> !isCall(block) && block.signature() != null)
                .toList();
        if (signed.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(ChatThoughts.DETAILS);
        for (int i = 0; i < signed.size(); i++) {
            Signature signature = signed.get(i).signature();
            if (signed.get(i).block() instanceof Block.Redacted redacted) {
                ChatThoughts.writeRedacted(json, i, redacted.data());
            } else if (signature != null) {
                ChatThoughts.writeSigned(json, i, signed.get(i).text(), signature);
            }
        }
        json.writeEndArray();
    }

    private void writeCalls(JsonGenerator json, List<WholeBlock> calls) throws IOException {
        if (calls.isEmpty()) {
            return;
        }
        if (!forms.isOlder()) {
            json.writeArrayFieldStart("tool_calls");
        }
        for (WholeBlock whole : forms.isOlder() ? calls.subList(0, 1) : calls) {
            if (whole.block() instanceof Block.ToolCall call) {
                forms.form(call.name()).writeWhole(json, call, whole.text(), whole.signature());
            }
        }
        if (!forms.isOlder()) {
            json.writeEndArray();
        }
    }

    private static boolean isCall(WholeBlock block) {
        return block.block() instanceof Block.ToolCall;
    }

    /** The texts of the blocks of a kind, null if there are none. */
    private static @Nullable String joined(List<WholeBlock> blocks, Predicate<Block> kind) {
        List<String> texts = blocks.stream()
                .filter(block -> kind.test(block.block()))
                .map(WholeBlock::text)
                .toList();
        return texts.isEmpty() ? null : String.join("", texts);
    }
}
