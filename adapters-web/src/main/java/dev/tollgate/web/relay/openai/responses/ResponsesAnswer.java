package dev.tollgate.web.relay.openai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.conversation.Findings;
import dev.tollgate.web.relay.conversation.Members;
import dev.tollgate.web.relay.conversation.OpenBlock;
import dev.tollgate.web.relay.conversation.RequestJson;
import dev.tollgate.web.relay.conversation.WholeAnswer;
import dev.tollgate.web.relay.conversation.WholeAnswer.WholeBlock;
import java.util.List;

/** Tells an answer as the events of a response, or as a whole one. */
final class ResponsesAnswer implements AnswerWriter {
    private final boolean isStreamed;
    private final ResponseDocument document;
    private final OutputItems items;
    private final ResponseEvents events = new ResponseEvents();
    private OpenBlock open = new OpenBlock(new Block.Text());
    private OutputItem item;

    ResponsesAnswer(RelayCall call) {
        String id = call.id().text().replace("-", "");
        ObjectNode request = RequestJson.object(call.body().bytes());
        isStreamed = call.body().stream();
        document = ResponseDocument.of(call, id, request);
        items = new OutputItems(id, ResponsesTools.of(new Members(request, "", new Findings())));
        item = items.item(open.block());
    }

    @Override
    public List<Header> headers() {
        return List.of(
                new Header("content-type", isStreamed ? "text/event-stream; charset=utf-8" : "application/json"));
    }

    @Override
    public byte[] whole(List<AnswerEvent> told) {
        WholeAnswer answer = WholeAnswer.of(told);
        for (WholeBlock block : answer.blocks()) {
            Signature signature = block.signature();
            if (block.block() instanceof Block.ToolCall && signature != null) {
                WholeBlock carrier = OutputItems.carrying(signature);
                items.keep(items.item(carrier.block()), carrier);
            }
            items.keep(items.item(block.block()), block);
        }
        ResponseStatus status = ResponseStatus.of(answer.finished().reason());
        return JsonText.of(json ->
                document.write(json, status, items.done(), answer.finished().usage()));
    }

    @Override
    public byte[] write(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Began began -> begin();
            case AnswerEvent.Opened(Block block) -> open(block);
            case AnswerEvent.Grew(String piece) -> grow(piece);
            case AnswerEvent.Signed(Signature signature) -> open.sign(signature);
            case AnswerEvent.Closed closed -> close();
            case AnswerEvent.Finished finished -> finish(finished);
        }
        return events.taken();
    }

    private void begin() {
        for (String type : List.of("response.created", "response.in_progress")) {
            events.event(type, json -> {
                json.writeFieldName("response");
                document.write(json, ResponseStatus.IN_PROGRESS, List.of(), null);
            });
        }
    }

    private void open(Block block) {
        Signature signature = block instanceof Block.ToolCall call ? call.signature() : null;
        if (signature != null) {
            open(OutputItems.carrying(signature).block());
            close();
        }
        open = new OpenBlock(block);
        item = items.item(block);
        events.event("response.output_item.added", json -> {
            json.writeNumberField("output_index", item.index());
            json.writeFieldName("item");
            item.writeOpen(json);
        });
        item.begin(events);
    }

    private void grow(String piece) {
        if (!piece.isEmpty()) {
            open.grow(piece);
            item.grow(events, piece);
        }
    }

    private void close() {
        WholeBlock block = open.whole();
        item.end(events, block);
        items.keep(item, block);
        events.event("response.output_item.done", json -> {
            json.writeNumberField("output_index", item.index());
            json.writeFieldName("item");
            json.writeRawValue(items.done().getLast());
        });
    }

    private void finish(AnswerEvent.Finished finished) {
        ResponseStatus status = ResponseStatus.of(finished.reason());
        events.event("response." + status.word(), json -> {
            json.writeFieldName("response");
            document.write(json, status, items.done(), finished.usage());
        });
    }
}
