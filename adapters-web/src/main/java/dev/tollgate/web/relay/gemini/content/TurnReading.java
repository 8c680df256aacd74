package dev.tollgate.web.relay.gemini.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import java.util.ArrayList;
import java.util.List;

/** Reads the system instruction and the contents, in order, for one body. */
final class TurnReading {
    private final PartReading parts = new PartReading();

    List<Turn> turns(ProtoMembers body) {
        List<Turn> turns = new ArrayList<>();
        turns.add(new Turn(Role.SYSTEM, system(body)));
        List<ProtoMembers> contents = body.objects("contents");
        if (contents.isEmpty()) {
            body.refuse("contents", "must have at least one content");
        }
        for (ProtoMembers content : contents) {
            turns.add(turn(content));
        }
        // What is left of a content may be nothing.
        turns.removeIf(turn -> turn.parts().isEmpty());
        return turns;
    }

    private List<Part> system(ProtoMembers body) {
        JsonNode value = body.value("systemInstruction");
        if (value != null && value.isTextual()) {
            return value.textValue().isEmpty() ? List.of() : List.of(new Part.Text(value.textValue()));
        }
        ProtoMembers content = body.object("systemInstruction");
        if (content == null) {
            return List.of();
        }
        content.pass("role");
        List<Part> read = read(content);
        content.dropRest();
        return read;
    }

    private Turn turn(ProtoMembers content) {
        String role = content.text("role");
        boolean isModel = "model".equals(role);
        if (!isModel && role != null && !role.equals("user") && !role.equals("function")) {
            content.refuse("role", "must be 'user' or 'model'");
        }
        List<Part> read = read(content);
        content.dropRest();
        return isModel ? new Turn(Role.ASSISTANT, joined(read)) : new Turn(Role.USER, read);
    }

    private List<Part> read(ProtoMembers content) {
        List<Part> read = new ArrayList<>();
        for (ProtoMembers part : content.objects("parts")) {
            read.addAll(parts.parts(part));
        }
        return read;
    }

    /** What the model said came in pieces, and many callers send the pieces back as so many parts. */
    private static List<Part> joined(List<Part> pieces) {
        List<Part> joined = new ArrayList<>();
        for (Part piece : pieces) {
            Part last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last instanceof Part.Text(String before) && piece instanceof Part.Text(String more)) {
                joined.set(joined.size() - 1, new Part.Text(before + more));
            } else if (last instanceof Part.Thinking before
                    && before.signature() == null
                    && piece instanceof Part.Thinking more) {
                joined.set(joined.size() - 1, new Part.Thinking(before.text() + more.text(), more.signature()));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }
}
