package dev.tollgate.upstream.meter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The words of an answer are gathered, and the tools it calls counted, however it is told. */
class SpokenTextTest {
    private final SpokenText spoken = new SpokenText("usage");

    @Test
    void a_chat_s_call_is_counted_once_however_many_pieces_it_comes_in() {
        read("{'choices':[{'delta':{'tool_calls':[{'index':0,'id':'c','type':'function','function':"
                + "{'name':'look','arguments':''}}]}}]}");
        read("{'choices':[{'delta':{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}}]}");
        assertSaid("{}", "\"look\"", 1);
    }

    @Test
    void a_message_s_call_has_its_input_as_a_value() {
        read("{'content':[{'type':'text','text':'See'},{'type':'tool_use','id':'t','name':'look','input':"
                + "{'at':'a } brace','in':{'depth':2}}},{'type':'text','text':'!'}]}");
        assertSaid("See!", "\"look\"{\"at\":\"a } brace\",\"in\":{\"depth\":2}}", 1);
    }

    @Test
    void a_call_of_converse_is_counted() {
        read("{'contentBlockIndex':1,'start':{'toolUse':{'name':'look','toolUseId':'t'}}}");
        assertSaid("", "\"look\"", 1);
    }

    @Test
    void a_call_among_a_response_s_items_is_counted() {
        read("{'type':'response.output_item.added','item':{'id':'f','type':'function_call','arguments':'',"
                + "'call_id':'c','name':'look'}}");
        read("{'tools':[{'type':'function','name':'not called'}]}");
        assertSaid("", "\"look\"", 1);
    }

    @Test
    void an_input_that_is_no_call_s_is_no_word() {
        read("{'choices':[],'moderation':{'input':{'type':'moderation_results','flagged':false}}}");
        assertSaid("", "", 0);
    }

    private void read(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
        assertThat(spoken.read(bytes, 0, bytes.length)).isFalse();
    }

    private void assertSaid(String words, String asides, int calls) {
        assertThat(spoken.kept()).isEqualTo(words);
        assertThat(spoken.asides()).isEqualTo(asides);
        assertThat(spoken.calls()).isEqualTo(calls);
    }
}
