package dev.tollgate.upstream.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.upstream.Calls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignThinkingTest {
    private static final Calls CALL = Calls.messages("http://localhost");
    private static final String FOREIGN =
            "{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"tollgate:gemini:AbC\"}";
    private static final String HIDDEN = "{\"type\":\"redacted_thinking\",\"data\":\"tollgate:openai:AbC\"}";
    private static final String OWN = "{\"type\":\"thinking\", \"thinking\":\"Hm\", \"signature\":\"EqQB\"}";
    private static final String TEXT = "{\"type\":\"text\", \"text\":\"Hello\"}";
    private static final String USE = "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"f\",\"input\":{ }}";
    private static final String RESULT =
            "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\"}]}";
    private static final String BUDGET = "{\"type\":\"enabled\",\"budget_tokens\":2000}";
    private static final String OFF = "{\"type\":\"disabled\"}";

    @Test
    void goes_and_every_other_byte_stays() {
        assertThat(sent(said("{ \"n\": 1.0 }", FOREIGN + " , " + OWN + " ,\n" + HIDDEN + "," + TEXT)))
                .isEqualTo(said("{ \"n\": 1.0 }", OWN + "," + TEXT));
        assertThat(sent(said("{}", TEXT + " ," + FOREIGN))).isEqualTo(said("{}", TEXT));
        assertThat(sent(said("{}", TEXT + "," + FOREIGN + " , " + HIDDEN + " , " + USE)))
                .isEqualTo(said("{}", TEXT + " , " + USE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"signature\":\"\"", "\"signature\": \"\""})
    void thinking_nobody_signed_is_no_claudes_either(String unsigned) {
        String block = "{\"type\":\"thinking\",\"thinking\":\"Hm\"," + unsigned + "}";

        assertThat(sent(said("{}", block + "," + TEXT))).isEqualTo(said("{}", TEXT));
    }

    @Test
    void a_turn_of_nothing_else_goes_as_a_whole() {
        assertThat(sent("{\"messages\":[" + turn("user", TEXT) + "," + turn("assistant", FOREIGN + "," + HIDDEN) + " , "
                        + turn("user", TEXT) + "]}"))
                .isEqualTo("{\"messages\":[" + turn("user", TEXT) + " , " + turn("user", TEXT) + "]}");
    }

    @Test
    void a_body_that_only_speaks_of_it_is_not_touched() {
        String quoted = "{\"messages\":[{\"role\":\"user\",\"content\":\"tollgate:gemini:AbC\"},"
                + turn("assistant", OWN + ",{\"type\":\"text\",\"text\":\"tollgate:gemini:AbC\"}") + "]}";

        assertThat(sent(quoted)).isEqualTo(quoted);
        assertThat(ForeignThinking.of(CALL.body().getBytes(UTF_8)).isSwitchedOff())
                .isFalse();
    }

    @Test
    void thinking_is_switched_off_where_the_calls_being_answered_lose_theirs() {
        MessagesWire.Body.Ready ready = ready(called(BUDGET, FOREIGN + "," + USE));

        assertThat(text(ready)).isEqualTo(called(OFF, USE));
        assertThat(ready.dropped()).containsExactly("thinking");
        assertThat(sent(called(BUDGET, FOREIGN + "," + TEXT + "," + USE))).isEqualTo(called(OFF, TEXT + "," + USE));
    }

    @Test
    void thinking_stays_on_where_the_api_demands_nothing() {
        MessagesWire.Body.Ready withOwn = ready(called(BUDGET, OWN + "," + HIDDEN + "," + USE));

        assertThat(text(withOwn)).isEqualTo(called(BUDGET, OWN + "," + USE));
        assertThat(withOwn.dropped()).isEmpty();
        String adaptive = "{\"type\":\"adaptive\"}";
        assertThat(sent(called(adaptive, FOREIGN + "," + USE))).isEqualTo(called(adaptive, USE));
        String begun = turn("assistant", FOREIGN + "," + TEXT) + "," + turn("user", TEXT);
        assertThat(sent("{\"thinking\":" + BUDGET + ",\"messages\":[" + begun + "]}"))
                .contains(BUDGET);
    }

    @Test
    void what_only_tunes_thinking_goes_with_it() {
        String clearing = "{\"type\":\"clear_thinking_20251015\",\"keep\":\"all\"}";
        String tools = "{\"type\":\"clear_tool_uses_20250919\"}";

        assertThat(sent(managed(clearing + "," + tools, BUDGET, FOREIGN + "," + USE)))
                .isEqualTo(managed(tools, OFF, USE));
        assertThat(sent(managed(clearing, BUDGET, FOREIGN + "," + USE)))
                .isEqualTo("{" + called(OFF, USE).substring(1));
    }

    @Test
    void the_output_bound_and_the_model_are_set_as_ever() {
        String body = "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9000,"
                + called(BUDGET, FOREIGN + "," + USE).substring(1);

        assertThat(text((MessagesWire.Body.Ready) MessagesWire.body(
                        CALL.body(body).bound(64).sentAs("other").request())))
                .isEqualTo("{\"model\":\"other\",\"max_tokens\":64,"
                        + called(OFF, USE).substring(1));
    }

    private static String said(String metadata, String blocks) {
        return "{\"metadata\":" + metadata + ",\"messages\":[" + turn("assistant", blocks) + "]}";
    }

    private static String called(String thinking, String blocks) {
        return "{\"thinking\":" + thinking + ",\"messages\":[" + turn("assistant", blocks) + "," + RESULT + "]}";
    }

    private static String managed(String edits, String thinking, String blocks) {
        return "{\"context_management\":{\"edits\":[" + edits + "]},"
                + called(thinking, blocks).substring(1);
    }

    private static String turn(String role, String blocks) {
        return "{\"role\":\"" + role + "\",\"content\":[" + blocks + "]}";
    }

    private static String sent(String body) {
        return text(ready(body));
    }

    private static String text(MessagesWire.Body.Ready ready) {
        return new String(ready.bytes(), UTF_8);
    }

    private static MessagesWire.Body.Ready ready(String body) {
        return (MessagesWire.Body.Ready) MessagesWire.body(CALL.body(body).request());
    }
}
