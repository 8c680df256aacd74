package dev.tollgate.application.relay;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.CallStatus;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The whole life of a relayed call, in the order it happens: who asks, whether they may and who pays, which account
 * answers, the answer itself, and what it came to. Only when that is settled does the caller see the end.
 */
public final class RelayService implements RelayRequest {
    private final Entrance entrance;
    private final Routing routing;
    private final Admitting admitting;
    private final Attempts attempts;
    private final OpenCalls openCalls;
    private final FreeCalls freeCalls;

    public RelayService(
            Entrance entrance,
            Routing routing,
            Admitting admitting,
            Attempts attempts,
            OpenCalls openCalls,
            FreeCalls freeCalls) {
        this.entrance = entrance;
        this.routing = routing;
        this.admitting = admitting;
        this.attempts = attempts;
        this.openCalls = openCalls;
        this.freeCalls = freeCalls;
    }

    @Override
    public RelayOutcome relay(RelayCall call, ClientStream client) {
        try {
            return switch (entrance.check(call)) {
                case Entrance.Result.Refused refused -> RelayOutcome.Refused.of(refused.error());
                case Entrance.Result.Granted granted ->
                    call.free() ? freeCalls.relay(granted, client) : admit(granted, client);
            };
        } catch (StoreUnavailable | UsageJournal.JournalUnavailable e) {
            return RelayOutcome.Refused.of(CallErrors.storeAway());
        }
    }

    private RelayOutcome admit(Entrance.Result.Granted granted, ClientStream client) {
        return switch (routing.route(granted)) {
            case Routing.Routes.Closed(CallError error) -> RelayOutcome.Refused.of(error);
            case Routing.Routes.Open(Candidates candidates) -> admit(granted, candidates, client);
        };
    }

    private RelayOutcome admit(Entrance.Result.Granted granted, Candidates candidates, ClientStream client) {
        if (candidates.isEmpty()) {
            return RelayOutcome.Refused.of(CallErrors.noAccount());
        }
        return switch (admitting.admit(granted)) {
            case Admission.Refused refused -> RelayOutcome.Refused.of(refused.error());
            case Admission.Admitted admitted -> send(granted, admitted, candidates, client);
        };
    }

    private RelayOutcome send(
            Entrance.Result.Granted granted, Admission.Admitted admitted, Candidates candidates, ClientStream client) {
        try (OpenCall open = openCalls.open(granted.call(), admitted)) {
            return switch (attempts.send(open, candidates, client)) {
                case Attempt.Refused(CallError error) -> {
                    open.cancel();
                    yield RelayOutcome.Refused.of(error);
                }
                case Attempt.Answered(Answer.Whole whole) -> answer(open, whole, client);
                case Attempt.Answered(Answer.Streaming streaming) -> stream(open, streaming, client);
                case Attempt.Answered(Answer.Failed failed) -> fail(open, failed);
                case Attempt.Answered(Answer.Cut cut) -> cutOff(open);
            };
        }
    }

    private RelayOutcome answer(OpenCall open, Answer.Whole whole, ClientStream client) {
        CallStatus status = client.isGone() ? CallStatus.CLIENT_GONE : CallStatus.COMPLETED;
        try {
            Money charged = open.settle(status, whole.head().status(), whole.metered(), null);
            return new RelayOutcome.Answered(whole.head(), whole.body(), charged, open.notes());
        } catch (UsageJournal.JournalUnavailable e) {
            return new RelayOutcome.Unsettled(RelayOutcome.Refused.of(CallErrors.storeAway()));
        }
    }

    private RelayOutcome stream(OpenCall open, Answer.Streaming streaming, ClientStream client) {
        open.answered(streaming::progress);
        StreamEnd end;
        try {
            end = streaming.forward(new NotedStream(client, open.notes()));
            Money unused = open.settle(StreamEnds.status(end), StreamEnds.httpStatus(end), end.metered(), end);
        } catch (UsageJournal.JournalUnavailable e) {
            client.abort(); // what is not durable may not look complete
            return new RelayOutcome.Streamed();
        } catch (RuntimeException e) {
            streaming.cancel();
            client.abort();
            throw e;
        }
        release(end, open, client);
        return new RelayOutcome.Streamed();
    }

    private static void release(StreamEnd end, OpenCall open, ClientStream client) {
        switch (end.reason()) {
            case TERMINAL -> client.finish(ByteBuffer.wrap(end.held()));
            case ERROR_EVENT -> {
                if (end.held().length == 0 || StreamEnds.isAboutAccount(end)) {
                    client.fail(StreamEnds.error(end));
                } else {
                    client.finish(ByteBuffer.wrap(end.held()));
                }
            }
            case NO_TERMINAL, BROKEN, TIMEOUT, CUT -> client.fail(StreamEnds.error(end));
            case UNHELD -> client.fail(Objects.requireNonNullElseGet(open.hold().refusal(), CallErrors::broken));
            case CLIENT_GONE -> client.abort();
        }
    }

    private static RelayOutcome cutOff(OpenCall open) {
        CallError stopped = CallErrors.stopped();
        Money unused = open.settle(CallStatus.INCOMPLETE, stopped.status(), Metered.NOTHING, null);
        return new RelayOutcome.Refused(stopped, open.notes());
    }

    private RelayOutcome fail(OpenCall open, Answer.Failed failed) {
        Failure failure = Failure.of(failed);
        Money unused = open.settle(failure.callStatus(), failure.httpStatus(), Metered.NOTHING, null);
        return failure.outcome(open.notes());
    }
}
