package dev.tollgate.upstream.gemini.conversation;

import static dev.tollgate.upstream.conversation.Asked.function;
import static dev.tollgate.upstream.conversation.Asked.json;
import static dev.tollgate.upstream.conversation.Asked.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.conversation.Asked;
import dev.tollgate.upstream.conversation.FetchImages;
import dev.tollgate.upstream.http.UpstreamHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiReaderTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final GeminiPlatformCodec GEMINI = new GeminiPlatformCodec(new FetchImages(HTTP));
    private static final Asked ASKED = Asked.of("gemini-3-pro", user("Hi")).tools(function("get weather"));

    @AfterAll
    static void close() {
        HTTP.close();
    }

    private static String parts(String parts) {
        return "{'candidates':[{'content':{'role':'model','parts':[" + parts + "]}}]}";
    }

    private static String finish(String reason) {
        return "{'candidates':[{'content':{'parts':[{'text':''}]},'finishReason':'" + reason + "','index':0}]}";
    }

    @Test
    void thoughts_and_text_are_blocks_of_their_own() {
        assertThat(ASKED.toldOf(
                        GEMINI,
                        parts("{'text':'Hm','thought':true}"),
                        parts("{'text':', hm','thought':true,'thoughtSignature':'sig'}"),
                        parts("{'text':'Hel'},{'text':'lo','thoughtSignature':'of the text'}"),
                        finish("STOP")))
                .containsExactly("thinking: Hm, hm signed gemini/sig", "text: Hello", "END");
    }

    @Test
    void several_calls_may_come_in_one_chunk() {
        assertThat(ASKED.toldOf(
                        GEMINI,
                        parts("{'functionCall':{'id':'a','name':'get_weather','args':{'city':'Paris'}},"
                                + "'thoughtSignature':'sig'},{'functionCall':{'id':'b','name':'f'}}"),
                        finish("STOP")))
                .containsExactly(
                        json("call a: get weather {'city':'Paris'} signed gemini/sig"), "call b: f {}", "TOOL_CALLS");
    }

    @Test
    void a_call_without_an_id_is_given_one() {
        assertThat(ASKED.told(GEMINI, parts("{'functionCall':{'name':'f','args':{}}}")))
                .first()
                .asString()
                .matches("call call_[0-9a-f]{24}: f \\{}");
    }

    @Test
    void arguments_in_pieces_are_joined() {
        assertThat(ASKED.toldOf(
                        GEMINI,
                        parts("{'functionCall':{'id':'a','name':'get_weather','willContinue':true}}"),
                        parts("{'functionCall':{'partialArgs':[{'jsonPath':'$.city','stringValue':'Par',"
                                + "'willContinue':true}],'willContinue':true}}"),
                        parts("{'functionCall':{'partialArgs':[{'jsonPath':'$.city','stringValue':'is'},"
                                + "{'jsonPath':'$.days[1].n','numberValue':2},{'jsonPath':'$.x[\\'a b\\']','boolValue':true},"
                                + "{'jsonPath':'$.none','nullValue':'NULL_VALUE'},{'jsonPath':'$..*','numberValue':1}],"
                                + "'willContinue':true}}"),
                        parts("{'functionCall':{}}"),
                        parts("{'functionCall':{'id':'b','name':'f','willContinue':true}}"),
                        finish("STOP")))
                .containsExactly(
                        json("call a: get weather {'city':'Paris','days':[null,{'n':2}],'x':{'a b':true},'none':null}"),
                        "call b: f {}",
                        "TOOL_CALLS");
    }

    @Test
    void a_blocked_prompt_is_refused() {
        assertThat(ASKED.told(GEMINI, "{'promptFeedback':{'blockReason':'SAFETY','blockReasonMessage':'No.'}}"))
                .containsExactly("refusal: No.", "REFUSED");
        assertThat(ASKED.told(GEMINI, "{'promptFeedback':{'blockReason':'OTHER'}}"))
                .containsExactly("REFUSED");
    }

    @Test
    void what_has_no_place_is_passed_over() {
        assertThat(ASKED.toldOf(
                        GEMINI,
                        parts("{'executableCode':{'code':'1'}},{'inlineData':{'data':''}},{'text':'1'}"),
                        "{'candidates':[{'index':1,'content':{'parts':[{'text':'other'}]}}]}",
                        "no json",
                        finish("STOP")))
                .containsExactly("text: 1", "END");
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_TOKENS, MAX_OUTPUT",
        "SAFETY, REFUSED",
        "RECITATION, REFUSED",
        "MODEL_ARMOR, REFUSED",
        "MALFORMED_FUNCTION_CALL, MALFORMED",
        "UNEXPECTED_TOOL_CALL, MALFORMED",
        "LANGUAGE, OTHER",
        "SOMETHING_NEW, OTHER"
    })
    void every_reason_has_its_counterpart(String reason, String told) {
        assertThat(ASKED.toldOf(GEMINI, finish(reason))).containsExactly(told);
    }

    @Test
    void the_words_of_an_error_are_found() {
        assertThat(GEMINI.words(json("{'error':{'message':'No.'}}").getBytes(UTF_8)))
                .isEqualTo("No.");
        assertThat(GEMINI.words(json("[{'error':{'message':'No.'}}]").getBytes(UTF_8)))
                .isEqualTo("No.");
        assertThat(GEMINI.words("<html>".getBytes(UTF_8))).isEmpty();
    }
}
