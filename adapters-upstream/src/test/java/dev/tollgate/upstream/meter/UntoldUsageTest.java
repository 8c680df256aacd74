package dev.tollgate.upstream.meter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.Exchanges.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On every platform: usage that is missing or cannot be true is counted and flagged, that of a broken stream kept. */
class UntoldUsageTest {
    private static final String ASKED = "{'model':'m','messages':[{'role':'user','content':'Say hello'}]}";
    private static final String INPUT = "{'model':'m','input':'Say hello'}";
    private static final String CONTENTS = "{'contents':[{'role':'user','parts':[{'text':'Say hello'}]}]}";

    private static final String CHAT =
            "{'choices':[{'index':0,'message':{'role':'assistant','content':'Hello there'},'finish_reason':'stop'}]";
    private static final String RESPONSE = "{'id':'resp_1','object':'response','status':'completed','output':[{'type':"
            + "'message','role':'assistant','content':[{'type':'output_text','text':'Hello there'}]}]";
    private static final String MESSAGE = "{'type':'message','role':'assistant','content':[{'type':'text','text':"
            + "'Hello there'}],'stop_reason':'end_turn'";
    private static final String CANDIDATE =
            "{'candidates':[{'content':{'parts':[{'text':'Hello there'}]},'finishReason':'STOP','index':0}]";
    private static final String CONVERSED =
            "{'output':{'message':{'role':'assistant','content':[{'text':'Hello there'}]}},"
                    + "'stopReason':'end_turn'";

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "openai,chat_completions,gpt-4o,9,2",
        "openai,responses,gpt-4o,9,3",
        "azure-openai,chat_completions,gpt-4,9,2",
        "anthropic,messages,claude-sonnet-4-5,9,5",
        "gemini,generateContent,gemini-2.5-flash,2,2",
        "bedrock,converse,amazon.nova-lite-v1:0,4,2",
        "bedrock,invoke_model,us.anthropic.claude-sonnet-4-5-20250929-v1:0,9,5"
    })
    void usage_that_is_missing_is_counted(String platform, String api, String model, long input, long output) {
        Metered metered = whole(platform, api, model, "");
        assertThat(metered.report()).isEqualTo(estimated(metered));
        assertThat(metered.flags()).containsExactly("usage_missing");
        assertThat(tokens(metered)).isEqualTo(TokenUsage.of(input, output));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "openai,chat_completions,gpt-4o,'usage':{'prompt_tokens':-3;'completion_tokens':2}",
        "openai,responses,gpt-4o,'usage':{'input_tokens':3;'output_tokens':-2}",
        "anthropic,messages,claude-sonnet-4-5,'usage':{'input_tokens':0;'output_tokens':2}",
        "gemini,generateContent,gemini-2.5-flash,'usageMetadata':{'promptTokenCount':-1;'candidatesTokenCount':2}",
        "gemini,generateContent,gemini-2.5-flash,'usageMetadata':{'promptTokenCount':99999999;'candidatesTokenCount':2}",
        "bedrock,converse,amazon.nova-lite-v1:0,'usage':{'inputTokens':5;'outputTokens':0}",
        "bedrock,invoke_model,anthropic.claude-v2,'usage':{'input_tokens':0;'output_tokens':2}"
    })
    void usage_that_cannot_be_true_is_counted(String platform, String api, String model, String usage) {
        Metered metered = whole(platform, api, model, "," + usage.replace(';', ','));
        assertThat(metered.report()).isEqualTo(estimated(metered));
        assertThat(metered.flags()).containsExactly("usage_nonsense");
        assertThat(tokens(metered)).isEqualTo(tokens(whole(platform, api, model, "")));
    }

    @Test
    void a_stream_of_messages_that_breaks_keeps_the_input_it_was_told() {
        Metered metered = broken("anthropic", "messages", "claude-sonnet-4-5", messagesBegun());
        assertThat(metered.report())
                .isInstanceOfSatisfying(
                        UsageReport.Partial.class,
                        partial -> assertThat(partial.usage().tokens()).isEqualTo(TokenUsage.of(17, 5)));
        assertThat(metered.flags()).isEmpty();
    }

    @Test
    void a_stream_of_gemini_that_breaks_keeps_the_input_it_was_told() {
        String begun = "data: {'candidates':[{'content':{'parts':[{'text':'Hello there, my friend'}]},'index':0}],"
                + "'usageMetadata':{'promptTokenCount':17,'candidatesTokenCount':1}}\n\n";
        Metered metered = broken("gemini", "streamGenerateContent", "gemini-2.5-flash", begun);
        assertThat(metered.report())
                .isInstanceOfSatisfying(
                        UsageReport.Partial.class,
                        partial -> assertThat(partial.usage().tokens()).isEqualTo(TokenUsage.of(17, 5)));
        assertThat(metered.flags()).isEmpty();
    }

    @Test
    void a_stream_that_breaks_before_any_usage_is_counted() {
        String begun = "data: {'choices':[{'index':0,'delta':{'content':'Hello there'}}]}\n\n";
        Metered metered = broken("openai", "chat_completions", "gpt-4o", begun);
        assertThat(metered.report()).isEqualTo(estimated(metered));
        assertThat(metered.flags()).containsExactly("usage_missing");
        assertThat(tokens(metered)).isEqualTo(TokenUsage.of(9, 2));
    }

    private static String messagesBegun() {
        return "event: message_start\ndata: {'type':'message_start','message':{'usage':{'input_tokens':17,"
                + "'output_tokens':1}}}\n\n"
                + "event: content_block_delta\ndata: {'type':'content_block_delta','index':0,'delta':{'type':"
                + "'text_delta','text':'Hello there'}}\n\n";
    }

    private static UsageReport estimated(Metered metered) {
        return new UsageReport.Estimated(metered.report().known().orElseThrow());
    }

    private static TokenUsage tokens(Metered metered) {
        return metered.report().known().orElseThrow().tokens();
    }

    private static Metered whole(String platform, String api, String model, String usage) {
        String answer = switch (api) {
            case "responses" -> RESPONSE;
            case "messages", "invoke_model" -> MESSAGE;
            case "generateContent" -> CANDIDATE;
            case "converse" -> CONVERSED;
            default -> CHAT;
        };
        return metered(platform, api, model, false, answer + usage + "}");
    }

    private static Metered broken(String platform, String api, String model, String begun) {
        return metered(platform, api, model, true, begun);
    }

    private static Metered metered(String platform, String api, String model, boolean stream, String answer) {
        String request = api.equals("responses") ? INPUT : platform.equals("gemini") ? CONTENTS : ASKED;
        try {
            return Replayed.metered(
                    new Exchange(
                            api,
                            platform,
                            api,
                            stream,
                            model,
                            new ObjectMapper().readTree(request.replace('\'', '"')),
                            answer.replace('\'', '"').getBytes(UTF_8)),
                    true);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
    }
}
