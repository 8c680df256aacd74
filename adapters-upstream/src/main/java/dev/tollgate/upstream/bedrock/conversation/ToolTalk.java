package dev.tollgate.upstream.bedrock.conversation;

import dev.tollgate.application.relay.conversation.Part;
import java.util.ArrayList;
import java.util.List;

/** Tool calls and their results told as text, where there is no place for them as such. */
final class ToolTalk {
    private ToolTalk() {}

    static List<Part> told(List<Part> parts) {
        List<Part> told = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.ToolCall call) {
                told.add(new Part.Text(
                        "[Called " + call.name() + " with " + call.arguments().text() + "]"));
            } else if (part instanceof Part.ToolResult result) {
                told.addAll(told(result));
            } else {
                told.add(part);
            }
        }
        return told;
    }

    static List<Part> told(Part.ToolResult result) {
        List<Part> told = new ArrayList<>();
        String name = result.name() == null ? "A tool" : result.name();
        told.add(new Part.Text("[" + name + (result.isError() ? " failed:]" : " answered:]")));
        told.addAll(result.content());
        return told;
    }
}
