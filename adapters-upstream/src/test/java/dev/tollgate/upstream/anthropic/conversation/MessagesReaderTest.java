package dev.tollgate.upstream.anthropic.conversation;

import static dev.tollgate.upstream.conversation.Asked.function;
import static dev.tollgate.upstream.conversation.Asked.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.upstream.conversation.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesReaderTest {
    private static final MessagesPlatformCodec MESSAGES = new MessagesPlatformCodec();
    private static final Asked ASKED = Asked.of("claude-sonnet-4-5", user("Hi")).tools(function("get weather"));

    private static String start(String block) {
        return "{'type':'content_block_start','index':0,'content_block':" + block + "}";
    }

    private static String delta(String delta) {
        return "{'type':'content_block_delta','index':0,'delta':" + delta + "}";
    }

    private static final String STOP = "{'type':'content_block_stop','index':0}";

    @Test
    void a_stream_is_told_block_by_block() {
        assertThat(ASKED.toldOf(
                        MESSAGES,
                        "{'type':'message_start','message':{'content':[]}}",
                        start("{'type':'thinking','thinking':'','signature':''}"),
                        "{'type':'ping'}",
                        delta("{'type':'thinking_delta','thinking':'Hm'}"),
                        delta("{'type':'signature_delta','signature':'sig'}"),
                        STOP,
                        start("{'type':'redacted_thinking','data':'secret'}"),
                        STOP,
                        start("{'type':'text','text':''}"),
                        delta("{'type':'text_delta','text':'Hel'}"),
                        delta("{'type':'text_delta','text':'lo'}"),
                        STOP,
                        start("{'type':'tool_use','id':'t1','name':'get_weather','input':{}}"),
                        delta("{'type':'input_json_delta','partial_json':''}"),
                        delta("{'type':'input_json_delta','partial_json':'{}'}"),
                        STOP,
                        "{'type':'message_delta','delta':{'stop_reason':'tool_use','stop_sequence':null}}",
                        "{'type':'message_stop'}"))
                .containsExactly(
                        "thinking: Hm signed anthropic/sig",
                        "redacted: anthropic/secret",
                        "text: Hello",
                        "call t1: get weather {}",
                        "TOOL_CALLS");
    }

    @Test
    void a_call_without_arguments_has_an_empty_object() {
        assertThat(ASKED.toldOf(MESSAGES, start("{'type':'tool_use','id':'t1','name':'f','input':{}}"), STOP))
                .containsExactly("call t1: f {}", "TOOL_CALLS");
    }

    @Test
    void arguments_given_at_once_are_not_lost() {
        assertThat(ASKED.toldOf(MESSAGES, start("{'type':'tool_use','id':'t1','name':'f','input':{'a':1}}"), STOP))
                .containsExactly(Asked.json("call t1: f {'a':1}"), "TOOL_CALLS");
    }

    @Test
    void the_servers_own_tools_are_passed_over() {
        assertThat(ASKED.toldOf(
                        MESSAGES,
                        start("{'type':'server_tool_use','id':'s1','name':'web_search','input':{}}"),
                        delta("{'type':'input_json_delta','partial_json':'{}'}"),
                        STOP,
                        start("{'type':'web_search_tool_result','tool_use_id':'s1','content':[]}"),
                        STOP,
                        start("{'type':'text','text':'Found.'}"),
                        delta("{'type':'citations_delta','citation':{}}"),
                        STOP))
                .containsExactly("text: Found.", "END");
    }

    @Test
    void a_second_start_leaves_no_block_open() {
        assertThat(ASKED.toldOf(
                        MESSAGES,
                        start("{'type':'text','text':'One'}"),
                        "{'type':'message_start','message':{}}",
                        start("{'type':'text','text':'Two'}"),
                        "no json"))
                .containsExactly("text: One", "text: Two", "END");
    }

    @Test
    void a_whole_answer_is_told_alike() {
        assertThat(ASKED.told(MESSAGES, """
                        {'content':[{'type':'thinking','thinking':'Hm','signature':'sig'},
                          {'type':'text','text':'Hello'},
                          {'type':'tool_use','id':'t1','name':'get_weather','input':{'city':'Paris'}}],
                         'stop_reason':'tool_use','stop_sequence':null}"""))
                .containsExactly(
                        "thinking: Hm signed anthropic/sig",
                        "text: Hello",
                        Asked.json("call t1: get weather {'city':'Paris'}"),
                        "TOOL_CALLS");
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, END",
        "stop_sequence, STOP_SEQUENCE .",
        "max_tokens, MAX_OUTPUT",
        "model_context_window_exceeded, CONTEXT_FULL",
        "refusal, REFUSED",
        "pause_turn, PAUSED",
        "something_new, OTHER"
    })
    void every_reason_has_its_counterpart(String reason, String told) {
        String body = "{'content':[],'stop_reason':'" + reason + "','stop_sequence':'.'}";

        assertThat(ASKED.told(MESSAGES, body)).containsExactly(told);
    }
}
