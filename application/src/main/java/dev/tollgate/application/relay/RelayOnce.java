package dev.tollgate.application.relay;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.IdempotencyClaims.Claim;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Serves what is asked under one idempotency key once. The key is claimed before anything is held or sent; who comes with
 * it again waits for the running call's answer, gets the recorded one, or is told which call it was.
 */
public final class RelayOnce implements RelayRequest {
    /** The largest answer that is kept to be given again. */
    public static final int KEPT_BYTES_MAX = 1 << 20;

    private static final int KEY_CHARS_MAX = 255;

    private final RelayRequest relay;
    private final Entrance entrance;
    private final IdempotencyClaims claims;
    private final RelaySettings settings;
    /** By the key's digest; as many as this node serves calls at once. */
    private final ConcurrentMap<String, RunningOnce> running = new ConcurrentHashMap<>();

    public RelayOnce(RelayRequest relay, Entrance entrance, IdempotencyClaims claims, RelaySettings settings) {
        this.relay = relay;
        this.entrance = entrance;
        this.claims = claims;
        this.settings = settings;
    }

    @Override
    public RelayOutcome relay(RelayCall call, ClientStream client) {
        String key = call.idempotencyKey();
        if (key == null || call.free() || !settings.honoursIdempotencyKeys()) {
            return relay.relay(call, client);
        }
        if (!isUsable(key)) {
            return RelayOutcome.Refused.of(CallErrors.unusableIdempotencyKey(KEY_CHARS_MAX));
        }
        return switch (entrance.check(call)) {
            case Entrance.Result.Refused refused -> RelayOutcome.Refused.of(refused.error());
            case Entrance.Result.Granted granted ->
                once(call, IdempotencyDigest.of(granted.holder().user().id(), key, call), client);
        };
    }

    private static boolean isUsable(String key) {
        return !key.isBlank()
                && key.length() <= KEY_CHARS_MAX
                && key.chars().allMatch(printable -> printable >= ' ' && printable <= '~');
    }

    private RelayOutcome once(RelayCall call, IdempotencyDigest digest, ClientStream client) {
        RunningOnce own = new RunningOnce(call.id(), digest, call.body().stream());
        RunningOnce first = running.putIfAbsent(digest.key(), own);
        if (first != null) {
            return first.join(digest, client, settings.deadlines(false).whole());
        }
        try {
            return claimed(call, digest, client, own);
        } catch (StoreUnavailable away) {
            return own.told(RelayOutcome.Refused.of(CallErrors.storeAway()));
        } finally {
            own.left();
            running.remove(digest.key(), own);
        }
    }

    private RelayOutcome claimed(RelayCall call, IdempotencyDigest digest, ClientStream client, RunningOnce own) {
        return switch (claims.claim(call.id(), digest)) {
            case Claim.Taken taken -> {
                RelayOutcome outcome = relay.relay(call.under(digest), client);
                end(call, digest, outcome);
                yield own.served(outcome);
            }
            case Claim.Open(var first) -> own.told(CallErrors.stillOpen(first));
            case Claim.Ended(var first, var answer) ->
                own.told(answer == null ? CallErrors.notKept(first) : new RelayOutcome.Replayed(first, answer));
            case Claim.OtherCall(var first) -> own.told(CallErrors.reusedIdempotencyKey(first));
        };
    }

    /** What was charged stays charged and keeps the key; what was not may be tried again. */
    private void end(RelayCall call, IdempotencyDigest digest, RelayOutcome outcome) {
        switch (outcome) {
            case RelayOutcome.Answered answered -> {
                if (answered.charged() == null) {
                    claims.release(call.id(), digest);
                } else {
                    claims.keep(call.id(), digest, answered.body().length > KEPT_BYTES_MAX ? null : answered);
                }
            }
            case RelayOutcome.Streamed streamed -> claims.keep(call.id(), digest, null);
            case RelayOutcome.Refused refused -> claims.release(call.id(), digest);
            case RelayOutcome.Unsettled unsettled -> {
                // whether it is charged only its record will tell
            }
            case RelayOutcome.Replayed replayed ->
                throw new IllegalStateException("nothing below replays: " + replayed.first());
        }
    }
}
