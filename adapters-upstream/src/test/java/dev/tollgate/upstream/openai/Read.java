package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.http.AnswerCodec.Verdict;
import dev.tollgate.upstream.http.StreamEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Reads answers with the codec of a call, as the pump would. */
final class Read {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final AnswerCodec codec;
    private final List<Verdict> verdicts = new ArrayList<>();

    private Read(ApiCalls call) {
        this.codec = call.api().codec(call.request(), InstantSource.fixed(NOW));
    }

    static Metered whole(ApiCalls call, String body) {
        return new Read(call).codec.whole(body.getBytes(UTF_8));
    }

    /** The data of nameless events, one by one. */
    static Read events(ApiCalls call, String... data) {
        Read read = new Read(call);
        for (String each : data) {
            byte[] event = ("data: " + each + "\n\n").getBytes(UTF_8);
            StreamEvent next = new StreamEvent();
            next.read(event, 0, event.length);
            read.verdicts.add(read.codec.read(next));
        }
        return read;
    }

    AnswerCodec codec() {
        return codec;
    }

    List<Verdict> verdicts() {
        return verdicts;
    }

    static Usage reported(Metered metered) {
        return ((UsageReport.Reported) metered.report()).usage();
    }

    static Usage estimated(Metered metered) {
        return ((UsageReport.Estimated) metered.report()).usage();
    }
}
