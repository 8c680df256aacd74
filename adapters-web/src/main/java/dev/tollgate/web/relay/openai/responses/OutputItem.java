package dev.tollgate.web.relay.openai.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.conversation.WholeAnswer.WholeBlock;
import java.io.IOException;

/** An item of a response's output, and how it is told in events. */
interface OutputItem {
    String id();

    /** Its place among the items of the response. */
    int index();

    /** Writes the item as it is announced, before it has any content. */
    void writeOpen(JsonGenerator json) throws IOException;

    void writeDone(JsonGenerator json, WholeBlock block) throws IOException;

    /** Tells what comes between the announcement and the first piece. */
    void begin(ResponseEvents events);

    void grow(ResponseEvents events, String piece);

    /** Tells what comes between the last piece and the item's end. */
    void end(ResponseEvents events, WholeBlock block);

    /** An event about the item. */
    default void event(ResponseEvents events, String type, JsonText.Content members) {
        events.event(type, json -> {
            json.writeStringField("item_id", id());
            json.writeNumberField("output_index", index());
            members.writeTo(json);
        });
    }
}
