package dev.tollgate.upstream;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.Upstream;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.upstream.anthropic.AnthropicUpstream;
import dev.tollgate.upstream.openai.OpenAiUpstream;
import dev.tollgate.upstream.simulated.SimulatedUpstream;
import java.util.List;

/** Every platform there is, by the type of the account. */
public final class AccountUpstreams implements Upstream {
    private static final String CHAT = "chat";
    private static final String MESSAGES = "messages";
    private static final int BAD_GATEWAY = 502;

    private final OpenAiUpstream openAi;
    private final AnthropicUpstream anthropic;
    private final SimulatedUpstream simulated;

    public AccountUpstreams(OpenAiUpstream openAi, AnthropicUpstream anthropic, SimulatedUpstream simulated) {
        this.openAi = openAi;
        this.anthropic = anthropic;
        this.simulated = simulated;
    }

    @Override
    public boolean speaks(AccountType type, RelayCall call) {
        String dialect = call.dialect();
        return switch (type) {
            case OPENAI -> dialect.equals(CHAT);
            case CLAUDE -> dialect.equals(MESSAGES);
            case SIMULATED -> dialect.equals(CHAT) || dialect.equals(MESSAGES);
            case CLAUDE_OAUTH, AZURE_OPENAI, GEMINI, BEDROCK -> false;
        };
    }

    @Override
    public Prepared prepare(UpstreamRequest request) {
        AccountType type = request.account().type();
        if (!speaks(type, request.call())) {
            throw new IllegalArgumentException(
                    type + " does not speak " + request.call().dialect());
        }
        return switch (type) {
            case OPENAI -> guarded(openAi.prepare(request));
            case CLAUDE -> guarded(anthropic.prepare(request));
            case SIMULATED -> (Prepared.Ready) () -> simulated.send(request);
            case CLAUDE_OAUTH, AZURE_OPENAI, GEMINI, BEDROCK ->
                throw new IllegalStateException("refused above: " + type);
        };
    }

    private static Prepared guarded(Prepared prepared) {
        return switch (prepared) {
            case Prepared.Refused refused -> refused;
            case Prepared.Ready ready -> new Guarded(ready);
        };
    }

    private record Guarded(Prepared.Ready ready) implements Prepared.Ready {
        @Override
        public List<String> dropped() {
            return ready.dropped();
        }

        @Override
        public Answer send() {
            try {
                return ready.send();
            } catch (IllegalArgumentException unusable) {
                // The operator's own address, credential or header cannot be put on the wire; its text may hold
                // secrets.
                String words = "the account's address or headers cannot be used";
                Fault fault = new Fault(Fault.Kind.CONNECT, null, null, words);
                return new Answer.Failed(fault, new AnswerHead(BAD_GATEWAY, List.of()), new byte[0]);
            }
        }
    }
}
