package dev.tollgate.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Deadlines;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.CollectingClient;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.ScriptedUpstream.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;

/**
 * What upstreams and networks do wrong, for every shape of answer. After each the next call is answered well, on a
 * connection of its own unless the one before was left clean, and at last no connection is open.
 */
abstract class FaultsFixture {
    static final Deadlines HASTY = new Deadlines(
            Duration.ofSeconds(2),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofSeconds(20),
            Duration.ofMillis(300));

    final UpstreamHttp http = Calls.http();
    final ScriptedUpstream server = ScriptedUpstream.start();
    CollectingClient client = new CollectingClient();
    AnswerHead head;
    int heldLength;

    @AfterEach
    void the_pool_is_empty_once_the_server_is_gone() {
        server.close();
        for (int round = 0; round < 500 && http.openConnections() > 0; round++) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(http.openConnections()).isZero();
        http.close();
    }

    final String answered(Shape shape, Reply reply) {
        return answered(shape, Calls.PATIENT, reply);
    }

    final String answered(Shape shape, Deadlines deadlines, Reply reply) {
        server.then(reply);
        return sent(shape, server.baseUrl(), deadlines);
    }

    final String sent(Shape shape, String url, Deadlines deadlines) {
        HttpCall call = new HttpCall(Origin.of(url), null, "/v1/fake", List.of(), Shape.text("{}"));
        Answer answer =
                http.send(call, shape.calls(url).deadlines(deadlines).request(), shape.codec(), shape.translation());
        return switch (answer) {
            case Answer.Whole whole -> {
                head = whole.head();
                yield "whole";
            }
            case Answer.Cut cut -> throw new AssertionError("nothing is cut off here");
            case Answer.Failed failed -> {
                head = failed.head();
                yield "failed " + failed.fault().kind();
            }
            case Answer.Streaming streaming -> {
                StreamEnd end = streaming.forward(client);
                head = client.head();
                heldLength = end.held().length;
                yield "stream " + end.reason();
            }
        };
    }

    /** The next call is answered well; {@code connections} have been made by then. */
    final void assertNextIsGood(Shape shape, int connections) {
        CollectingClient before = client;
        int forwarded = before.body().length;
        client = new CollectingClient();

        assertThat(answered(shape, shape.good())).isEqualTo(shape.isWhole() ? "whole" : "stream TERMINAL");
        assertThat(server.connections()).as("connections").isEqualTo(connections);
        assertThat(before.body()).as("bytes after the end").hasSize(forwarded);
    }
}
