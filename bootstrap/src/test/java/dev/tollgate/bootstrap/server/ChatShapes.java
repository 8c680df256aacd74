package dev.tollgate.bootstrap.server;

import java.util.ArrayList;
import java.util.List;

/** OpenAI chat completions: 12 prompt tokens, 4 of them cached, 5 completion tokens. */
final class ChatShapes implements ShapedUpstream.Shapes {
    private static final String USAGE = """
            {"prompt_tokens":12,"completion_tokens":5,"total_tokens":17,"prompt_tokens_details":{"cached_tokens":4}}""";
    private static final String TOOL_CALL = """
            {"index":0,"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"%s"}}""";

    @Override
    public String whole(boolean tool) {
        String message = tool
                ? "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                        + TOOL_CALL.formatted("{\\\"city\\\":\\\"Paris\\\"}").replace("\"index\":0,", "") + "]}"
                : "{\"role\":\"assistant\",\"content\":\"Hello there.\",\"refusal\":null}";
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"gpt-4o-mini\","
                + "\"choices\":[{\"index\":0,\"message\":" + message + ",\"logprobs\":null,\"finish_reason\":\""
                + (tool ? "tool_calls" : "stop") + "\"}],\"usage\":" + USAGE + "}";
    }

    @Override
    public List<String> events(boolean tool, boolean usage) {
        List<String> events = new ArrayList<>();
        events.add(delta("{\"role\":\"assistant\",\"content\":\"\"}", "null", usage));
        if (tool) {
            events.add(delta("{\"tool_calls\":[" + TOOL_CALL.formatted("") + "]}", "null", usage));
            events.add(delta(arguments("{\\\"city\\\":"), "null", usage));
            events.add(delta(arguments("\\\"Paris\\\"}"), "null", usage));
        } else {
            events.add(delta("{\"content\":\"Hello \"}", "null", usage));
            events.add(delta("{\"content\":\"there.\"}", "null", usage));
        }
        events.add(delta("{}", tool ? "\"tool_calls\"" : "\"stop\"", usage));
        if (usage) {
            events.add(chunk("[]", ",\"usage\":" + USAGE));
        }
        events.add("data: [DONE]\n\n");
        return events;
    }

    @Override
    public String error(int status) {
        return "{\"error\":{\"message\":\"refused with " + status
                + "\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_value\"}}";
    }

    private static String arguments(String piece) {
        return "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + piece + "\"}}]}";
    }

    private static String delta(String delta, String finish, boolean usage) {
        return chunk(
                "[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finish + "}]",
                usage ? ",\"usage\":null" : "");
    }

    private static String chunk(String choices, String usage) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
                + "\"model\":\"gpt-4o-mini\",\"choices\":" + choices + usage + "}\n\n";
    }
}
