package dev.tollgate.upstream.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.CollectingClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedUpstreamTest {
    private static final String TOOLS =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":"
                    + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}}]";

    private final List<Duration> pauses = new ArrayList<>();
    private final SimulatedUpstream upstream =
            new SimulatedUpstream(InstantSource.system(), pauses::add, Duration.ofMillis(15));
    private final CollectingClient client = new CollectingClient();

    @Test
    void the_same_request_has_the_same_answer_that_repeats_it() {
        Answer.Whole first = (Answer.Whole) upstream.send(chat("Hello world").request());
        Answer.Whole second = (Answer.Whole) upstream.send(chat("Hello world").request());

        assertThat(text(first.body())).contains("\"content\":\"Hello world This answer comes");
        assertThat(second.metered()).isEqualTo(first.metered());
        assertThat(first.metered().report()).isInstanceOf(UsageReport.Reported.class);
    }

    @Test
    void a_stream_is_written_word_by_word_at_its_pace() {
        StreamEnd end = stream(chat("Hello [[simulate: words=5, pace=20]]"));

        assertThat(pauses).hasSize(5).containsOnly(Duration.ofMillis(20));
        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertThat(text(end.held())).isEqualTo("data: [DONE]\n\n");
        assertThat(text(client.body())).doesNotContain("\"usage\":{").contains("\"content\":\"Hello\"");
        assertThat(((UsageReport.Reported) end.metered().report())
                        .usage()
                        .tokens()
                        .output())
                .isEqualTo(5);
    }

    @Test
    void messages_are_spoken_as_well() {
        StreamEnd end = stream(messages("Hello"));

        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertThat(text(end.held())).startsWith("event: message_stop");
        assertThat(text(client.body())).startsWith("event: message_start").contains("text_delta");
        assertThat(end.metered().report()).isInstanceOf(UsageReport.Reported.class);
    }

    @Test
    void a_tool_is_called_if_one_is_there_and_meant() {
        Answer.Whole whole =
                (Answer.Whole) upstream.send(chat("Use the tool", TOOLS).request());

        assertThat(text(whole.body()))
                .contains("\"name\":\"weather\"", "\"arguments\":\"{\\\"city\\\":\\\"sample\\\"}\"", "\"tool_calls\"");
    }

    @Test
    void the_output_bound_holds() {
        StreamEnd end = stream(chat("Hello").bound(3));

        assertThat(((UsageReport.Reported) end.metered().report())
                        .usage()
                        .tokens()
                        .output())
                .isEqualTo(3);
        assertThat(text(client.body())).contains("\"finish_reason\":\"length\"");
    }

    @Test
    void faults_come_when_they_are_asked_for() {
        assertThat(fault("error=429").kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(fault("error=429").retryAt()).isNotNull();
        assertThat(fault("error=500").kind()).isEqualTo(Kind.SERVER);
        assertThat(fault("reset").kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(fault("stall").kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(stream(chat("[[simulate: cut=2]]")).reason()).isEqualTo(Reason.BROKEN);
        assertThat(stream(chat("[[simulate: error-event=2]]")).reason()).isEqualTo(Reason.ERROR_EVENT);
        assertThat(stream(chat("[[simulate: no-usage]]")).metered().flags()).containsExactly("usage_missing");
    }

    @Test
    void a_caller_who_left_is_told_nothing_more() {
        client.leave();

        assertThat(stream(messages("Hello")).reason()).isEqualTo(Reason.CLIENT_GONE);
        assertThat(client.body()).isEmpty();
    }

    private dev.tollgate.domain.account.Fault fault(String directions) {
        Calls call = chat("[[simulate: " + directions + "]]");
        return ((Answer.Failed) upstream.send(call.request())).fault();
    }

    private StreamEnd stream(Calls call) {
        return ((Answer.Streaming) upstream.send(call.streamed().request())).forward(client);
    }

    private static Calls chat(String message, String... members) {
        String more = members.length == 0 ? "" : "," + String.join(",", members);
        return Calls.chat("http://localhost")
                .body("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + message + "\"}]" + more
                        + "}");
    }

    private static Calls messages(String message) {
        return Calls.messages("http://localhost")
                .body("{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"" + message + "\"}]}]}");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
