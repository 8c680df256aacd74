package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what arrived in the relay's terms, and in the caller's dialect where that is another. */
record Answers(AnswerCodec codec, @Nullable Translation translation) {
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    Answer of(Arrived arrived) {
        return switch (arrived) {
            case Arrived.Stream stream -> stream.answer();
            case Arrived.StreamFailed failed -> failed(failed.error());
            case Arrived.Broken broken -> none(broken);
            case Arrived.Body body when body.status() / 100 == 2 -> success(body);
            case Arrived.Body body ->
                new Answer.Failed(
                        codec.fault(body.status(), body.headers(), body.bytes()),
                        HeaderRules.toCaller(body.status(), body.headers()),
                        body.bytes(),
                        words(body.bytes()));
        };
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
