package dev.tollgate.bootstrap.crash;

import java.util.ArrayList;
import java.util.List;

/** Messages of Anthropic's form. */
final class MessageAnswer implements ScriptedUpstream.Shape {
    private static final int WORDS = 4;

    @Override
    public String whole(int input, int output) {
        return message("[{\"type\":\"text\",\"text\":\"done\"}]", "\"end_turn\"", input, output);
    }

    @Override
    public List<String> events(int input, int output) {
        List<String> events = new ArrayList<>();
        events.add(event("message_start", "\"message\":" + message("[]", "null", input, 1)));
        events.add(event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
        for (int i = 0; i < WORDS; i++) {
            events.add(
                    event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"word \"}"));
        }
        events.add(event("content_block_stop", "\"index\":0"));
        events.add(event(
                "message_delta",
                "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":" + output
                        + "}"));
        events.add("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        return events;
    }

    private static String message(String content, String stopReason, int input, int output) {
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":" + content
                + ",\"stop_reason\":" + stopReason + ",\"stop_sequence\":null,\"usage\":{\"input_tokens\":" + input
                + ",\"output_tokens\":" + output + "}}";
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }
}
