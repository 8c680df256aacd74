package dev.tollgate.bootstrap.crash;

import java.util.ArrayList;
import java.util.List;

/** Chat completions of OpenAI's form. */
final class ChatAnswer implements ScriptedUpstream.Shape {
    private static final int WORDS = 5;

    @Override
    public String whole(int input, int output) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\","
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"done\"},"
                + "\"finish_reason\":\"stop\"}],\"usage\":" + usage(input, output) + "}";
    }

    @Override
    public List<String> events(int input, int output) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < WORDS; i++) {
            events.add(chunk("[{\"index\":0,\"delta\":{\"content\":\"word \"},\"finish_reason\":null}]", "null"));
        }
        events.add(chunk("[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]", "null"));
        events.add(chunk("[]", usage(input, output)));
        events.add("data: [DONE]\n\n");
        return events;
    }

    private static String chunk(String choices, String usage) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                + choices + ",\"usage\":" + usage + "}\n\n";
    }

    private static String usage(int input, int output) {
        return "{\"prompt_tokens\":" + input + ",\"completion_tokens\":" + output + ",\"total_tokens\":"
                + (input + output) + "}";
    }
}
