package dev.tollgate.upstream;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
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
    public boolean speaks(AccountType type, String dialect) {
        return switch (type) {
            case OPENAI -> dialect.equals(CHAT);
            case CLAUDE -> dialect.equals(MESSAGES);
            case SIMULATED -> dialect.equals(CHAT) || dialect.equals(MESSAGES);
            case CLAUDE_OAUTH, AZURE_OPENAI, GEMINI, BEDROCK -> false;
        };
    }

    @Override
    public Answer send(UpstreamRequest request) {
        AccountType type = request.account().type();
        if (!speaks(type, request.call().dialect())) {
            throw new IllegalArgumentException(
                    type + " does not speak " + request.call().dialect());
        }
        try {
            return switch (type) {
                case OPENAI -> openAi.send(request);
                case CLAUDE -> anthropic.send(request);
                case SIMULATED -> simulated.send(request);
                case CLAUDE_OAUTH, AZURE_OPENAI, GEMINI, BEDROCK ->
                    throw new IllegalStateException("refused above: " + type);
            };
        } catch (IllegalArgumentException unusable) {
            // The operator's own address, credential or header cannot be put on the wire; its text may hold secrets.
            Fault fault = new Fault(Fault.Kind.CONNECT, null, null, "the account's address or headers cannot be used");
            return new Answer.Failed(fault, new AnswerHead(BAD_GATEWAY, List.of()), new byte[0]);
        }
    }
}
