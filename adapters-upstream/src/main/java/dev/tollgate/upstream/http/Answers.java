package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what arrived in the relay's terms, and in the caller's dialect where that is another. */
record Answers(AnswerCodec codec, @Nullable Translation translation, InstantSource clock) {
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final String RETRY_AFTER = "retry-after";

    Answer of(Arrived arrived) {
        return switch (arrived) {
            case Arrived.Stream stream -> stream.answer();
            case Arrived.StreamFailed failed -> failed(failed.error());
            case Arrived.Broken broken -> none(broken);
            case Arrived.Cut cut -> new Answer.Cut();
            case Arrived.Body body when body.status() / 100 == 2 -> success(body);
            case Arrived.Body body -> failure(body);
        };
    }

    private Answer failure(Arrived.Body body) {
        Fault fault = codec.fault(body.status(), body.headers(), body.bytes());
        AnswerHead head = HeaderRules.toCaller(body.status(), body.headers());
        return new Answer.Failed(fault, withWait(head, fault.retryAt()), body.bytes(), words(body.bytes()));
    }

    /** Callers read seconds only; upstreams tell dates and fractions, or the wait in other headers or in the body. */
    private AnswerHead withWait(AnswerHead head, @Nullable Instant retryAt) {
        if (retryAt == null) {
            return head;
        }
        List<Header> headers = new ArrayList<>(head.headers());
        if (headers.stream().anyMatch(header -> isSeconds(header))) {
            return head;
        }
        headers.removeIf(header -> header.isNamed(RETRY_AFTER));
        Duration wait = Duration.between(clock.instant(), retryAt);
        long seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
        headers.add(new Header(RETRY_AFTER, Long.toString(seconds)));
        return new AnswerHead(head.status(), headers);
    }

    private static boolean isSeconds(Header header) {
        return header.isNamed(RETRY_AFTER) && header.value().matches("\\d{1,9}");
    }

    private Answer success(Arrived.Body body) {
        AnswerCodec.@Nullable StreamError error = codec.errorInside(body.bytes());
        if (error != null) {
            return failed(error);
        }
        AnswerHead head = HeaderRules.toCaller(body.status(), body.headers(), translation);
        Metered metered = codec.whole(body.bytes());
        return new Answer.Whole(
                head, told(body.bytes(), metered), metered, codec.warning(body.status(), body.headers()));
    }

    private byte[] told(byte[] body, Metered metered) {
        return translation == null
                ? body
                : translation.whole(
                        body, metered.report().known().orElse(Usage.NONE).tokens());
    }

    private Answer failed(AnswerCodec.StreamError error) {
        AnswerHead head = new AnswerHead(error.status(), List.of(new Header("content-type", "application/json")));
        return new Answer.Failed(error.fault(), head, error.body(), words(error.body()));
    }

    private @Nullable String words(byte[] body) {
        return translation == null ? null : translation.words(body);
    }

    /** No answer: the words go to operators only. */
    private static Answer none(Arrived.Broken broken) {
        int status = broken.kind() == Fault.Kind.TIMEOUT ? GATEWAY_TIMEOUT : BAD_GATEWAY;
        Fault fault = new Fault(broken.kind(), null, null, Words.bounded(broken.message()));
        return new Answer.Failed(fault, new AnswerHead(status, List.of()), new byte[0]);
    }
}
