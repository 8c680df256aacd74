package dev.tollgate.upstream;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.Upstream;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.upstream.conversation.LocalTokenCount;
import dev.tollgate.upstream.meter.LocalCount;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every platform there is, by the type of the account. */
public final class AccountUpstreams implements Upstream {
    private static final int BAD_GATEWAY = 502;

    private final Map<AccountType, Platform> platforms;

    public AccountUpstreams(Map<AccountType, Platform> platforms) {
        this.platforms = Map.copyOf(platforms);
    }

    @Override
    public boolean speaks(AccountType type, RelayCall call) {
        Platform platform = platforms.get(type);
        return platform != null && (platform.speaks(call) || LocalTokenCount.answers(call));
    }

    @Override
    public Prepared prepare(UpstreamRequest request) {
        AccountType type = request.account().type();
        Platform platform = platforms.get(type);
        if (platform == null || !speaks(type, request.call())) {
            throw new IllegalArgumentException(
                    type + " does not speak " + request.call().dialect());
        }
        if (!platform.speaks(request.call())) {
            return LocalTokenCount.prepare(request);
        }
        return switch (platform.prepare(request)) {
            case Prepared.Refused refused -> refused;
            case Prepared.Ready ready -> new Guarded(ready);
        };
    }

    @Override
    public long inputTokens(RelayCall call, @Nullable AccountType type, String sentModel, long contextWindow) {
        return LocalCount.input(call, type, sentModel, contextWindow);
    }

    /** What the operator typed, an address, a credential or a header, may be nothing that can be put on the wire. */
    private record Guarded(Prepared.Ready ready) implements Prepared.Ready {
        @Override
        public List<String> dropped() {
            return ready.dropped();
        }

        @Override
        public Answer send() {
            try {
                return ready.send();
            } catch (IllegalArgumentException unusable) { // its text may hold secrets
                String words = "the account's address or headers cannot be used";
                Fault fault = new Fault(Fault.Kind.CONNECT, null, null, words);
                return new Answer.Failed(fault, new AnswerHead(BAD_GATEWAY, List.of()), new byte[0]);
            }
        }
    }
}
