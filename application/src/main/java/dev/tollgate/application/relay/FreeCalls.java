package dev.tollgate.application.relay;

import java.time.InstantSource;

/** Serves calls that cost nothing: routed and tried as any other, but with no payer and no record. */
public final class FreeCalls {
    private final Routing routing;
    private final Attempts attempts;
    private final SlotQueue slots;
    private final FreeAdmitting admitting;
    private final CallObserver observer;
    private final InstantSource clock;

    public FreeCalls(
            Routing routing,
            Attempts attempts,
            SlotQueue slots,
            LiveStore liveStore,
            CallObserver observer,
            InstantSource clock) {
        this.routing = routing;
        this.attempts = attempts;
        this.slots = slots;
        this.admitting = new FreeAdmitting(liveStore);
        this.observer = observer;
        this.clock = clock;
    }

    RelayOutcome relay(Entrance.Result.Granted granted, ClientStream client) {
        return switch (routing.route(granted)) {
            case Routing.Routes.Closed(CallError error) -> RelayOutcome.Refused.of(error);
            case Routing.Routes.Open(Candidates candidates) -> admit(granted, candidates, client);
        };
    }

    private RelayOutcome admit(Entrance.Result.Granted granted, Candidates candidates, ClientStream client) {
        CallError refusal = admitting.refusal(granted);
        if (refusal != null) {
            return RelayOutcome.Refused.of(refusal);
        }
        try {
            return send(granted, candidates, client);
        } finally {
            admitting.ended(granted.call());
        }
    }

    private RelayOutcome send(Entrance.Result.Granted granted, Candidates candidates, ClientStream client) {
        String platform = granted.priced().model().platform();
        try (FreeCall open = new FreeCall(granted, new AttemptLog(platform, clock, observer), slots)) {
            return switch (attempts.send(open, candidates, client)) {
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
