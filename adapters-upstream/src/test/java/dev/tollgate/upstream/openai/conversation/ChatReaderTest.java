package dev.tollgate.upstream.openai.conversation;

import static dev.tollgate.upstream.conversation.Asked.function;
import static dev.tollgate.upstream.conversation.Asked.json;
import static dev.tollgate.upstream.conversation.Asked.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.upstream.conversation.Asked;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatReaderTest {
    private static final ChatPlatformCodec CHAT = new ChatPlatformCodec();
    private static final Asked ASKED = Asked.of("gpt-4o", user("Hi")).tools(function("get weather"));

    private static String delta(String delta) {
        return "{'choices':[{'index':0,'delta':" + delta + ",'finish_reason':null}]}";
    }

    private static String piece(int index, String members) {
        return delta("{'tool_calls':[{'index':" + index + "," + members + "}]}");
    }

    private static String finish(String reason) {
        return "{'choices':[{'index':0,'delta':{},'finish_reason':'" + reason + "'}],'usage':null}";
    }

    @Test
    void thinking_text_and_refusal_are_blocks_of_their_own() {
        assertThat(ASKED.toldOf(
                        CHAT,
                        "{'choices':[],'prompt_filter_results':[]}",
                        delta("{'role':'assistant','content':''}"),
                        delta("{'reasoning_content':'Hm'}"),
                        delta("{'reasoning':', hm'}"),
                        delta("{'content':'Hel'}"),
                        delta("{'content':'lo'}"),
                        delta("{'refusal':'No.'}"),
                        finish("stop"),
                        "{'choices':[],'usage':{'prompt_tokens':1}}",
                        "[DONE]"))
                .containsExactly("thinking: Hm, hm", "text: Hello", "refusal: No.", "REFUSED");
    }

    @Test
    void pieces_of_parallel_calls_may_come_in_any_order() {
        List<String> told = ASKED.toldOf(
                CHAT,
                piece(0, "'id':'a','function':{'name':'get_weather','arguments':''}"),
                piece(1, "'id':'b','function':{'name':'f','arguments':'{'}"),
                piece(0, "'function':{'arguments':'{\\'city\\':'}"),
                delta("{'content':'By the way'}"),
                piece(1, "'function':{'arguments':'}'}"),
                piece(0, "'function':{'arguments':'1}'}"),
                finish("tool_calls"));

        assertThat(told)
                .containsExactly(
                        json("call a: get weather {'city':1}"), "call b: f {}", "text: By the way", "TOOL_CALLS");
    }

    @Test
    void servers_that_do_not_count_their_calls_are_understood() {
        assertThat(ASKED.toldOf(
                        CHAT,
                        piece(0, "'id':'a','function':{'name':'f','arguments':'{}'}"),
                        piece(0, "'id':'b','function':{'name':'g','arguments':'{}'}"),
                        delta("{'tool_calls':[{'function':{'arguments':' '}}]}"),
                        finish("stop")))
                .containsExactly("call a: f {}", "call b: g {} ", "TOOL_CALLS");
    }

    @Test
    void a_call_without_an_id_is_given_one() {
        assertThat(ASKED.toldOf(
                        CHAT, delta("{'function_call':{'name':'f','arguments':'{}'}}"), finish("function_call")))
                .first()
                .asString()
                .matches("call call_[0-9a-f]{24}: f \\{}");
    }

    @Test
    void geminis_signature_is_kept() {
        String signed = "'id':'a','extra_content':{'google':{'thought_signature':'sig'}},'function':{'name':'f'}";

        assertThat(ASKED.toldOf(CHAT, piece(0, signed), finish("tool_calls")))
                .containsExactly("call a: f {} signed gemini/sig", "TOOL_CALLS");
    }

    @Test
    void a_whole_answer_is_told_alike() {
        assertThat(ASKED.told(CHAT, """
                        {'choices':[{'index':0,'message':{'role':'assistant','reasoning_content':'Hm',
                          'content':[{'type':'text','text':'Hello'}],'refusal':null,'tool_calls':[
                          {'id':'a','type':'function','function':{'name':'get_weather','arguments':'{}'}},
                          {'id':'b','type':'function','function':{'name':'f','arguments':{'x':1}}}]},
                         'finish_reason':'tool_calls'}]}"""))
                .containsExactly(
                        "thinking: Hm",
                        "text: Hello",
                        "call a: get weather {}",
                        json("call b: f {'x':1}"),
                        "TOOL_CALLS");
    }

    @ParameterizedTest
    @CsvSource({"stop, END", "length, MAX_OUTPUT", "content_filter, REFUSED", "insufficient_resource, OTHER"})
    void every_reason_has_its_counterpart(String reason, String told) {
        assertThat(ASKED.toldOf(CHAT, finish(reason))).containsExactly(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'error':{'message':'No.'}} | No.",
                "{'error':'No.'} | No.",
                "{'message':'No.'} | No.",
                "{'detail':'No.'} | No.",
                "<html> | ''"
            },
            quoteCharacter = '`')
    void the_words_of_an_error_are_found(String body, String words) {
        assertThat(CHAT.words(json(body).getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(words.replace("''", ""));
    }
}
