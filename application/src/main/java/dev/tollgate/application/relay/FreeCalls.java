package dev.tollgate.application.relay;

import java.time.InstantSource;

/** Serves calls that cost nothing: routed and tried as any other, but with no payer, no hold and no record. */
public final class FreeCalls {
    private final Routing routing;
    private final Attempts attempts;
    private final SlotQueue slots;
    private final CallObserver observer;
    private final InstantSource clock;

    public FreeCalls(Routing routing, Attempts attempts, SlotQueue slots, CallObserver observer, InstantSource clock) {
        this.routing = routing;
        this.attempts = attempts;
        this.slots = slots;
        this.observer = observer;
        this.clock = clock;
    }

    RelayOutcome relay(Entrance.Result.Granted granted, ClientStream client) {
        return switch (routing.route(granted)) {
            case Routing.Routes.Closed(CallError error) -> RelayOutcome.Refused.of(error);
            case Routing.Routes.Open(Candidates candidates) -> send(granted, candidates, client);
        };
    }

    private RelayOutcome send(Entrance.Result.Granted granted, Candidates candidates, ClientStream client) {
        try (FreeCall open = new FreeCall(granted, new AttemptLog(clock, observer), slots)) {
            return switch (attempts.send(open, candidates, client)) {
                case Attempt.None none -> RelayOutcome.Refused.of(CallErrors.noAccount(none.retryAfter()));
                case Attempt.Refused(CallError error) -> RelayOutcome.Refused.of(error);
                case Attempt.Answered(Answer.Whole whole) -> {
                    open.served(whole.head().status());
                    yield new RelayOutcome.Answered(whole.head(), whole.body(), null, open.notes());
                }
                case Attempt.Answered(Answer.Streaming streaming) -> {
                    streaming.cancel();
                    throw new IllegalStateException(granted.call().dialect() + " is not streamed");
                }
                case Attempt.Answered(Answer.Cut cut) -> RelayOutcome.Refused.of(CallErrors.stopped());
                case Attempt.Answered(Answer.Failed failed) ->
                    Failure.of(failed).outcome(open.notes());
            };
        }
    }
}
