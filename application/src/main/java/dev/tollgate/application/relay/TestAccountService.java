package dev.tollgate.application.relay;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.identity.Vault;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.CoolDown;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.usage.Served;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Makes the smallest real call in the account's own dialect. */
public final class TestAccountService implements TestAccount {
    private static final long WINDOW = 1_000_000;

    private final AccountPool pool;
    private final Upstream upstream;
    private final RelaySettings settings;
    private final InstantSource clock;
    private final LongSupplier random;

    public TestAccountService(
            AccountPool pool, Upstream upstream, RelaySettings settings, InstantSource clock, LongSupplier random) {
        this.pool = pool;
        this.upstream = upstream;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Result test(AccountId id, String model) {
        return pool.accounts().stream()
                .filter(account -> account.id().equals(id))
                .findFirst()
                .map(account -> test(account, model))
                .orElseGet(Result.NoSuchAccount::new);
    }

    private Result test(Account account, String model) {
        String sent = account.sentModel(model, model);
        Instant started = clock.instant();
        Answer answer;
        try {
            UpstreamRequest request = request(account, sent);
            if (!upstream.speaks(account.type(), request.call())
                    || !(upstream.prepare(request) instanceof Prepared.Ready ready)) {
                return new Result.CannotBeSent(account.type().wireName());
            }
            answer = ready.send();
        } catch (Vault.CannotOpen lost) {
            return new Result.Tried(false, null, 0, sent, "its credentials cannot be opened: enter them again");
        }
        long latency = Duration.between(started, clock.instant()).toMillis();
        return switch (answer) {
            case Answer.Whole whole -> {
                pool.succeeded(account.id());
                yield new Result.Tried(true, whole.head().status(), latency, sent, null);
            }
            case Answer.Streaming streaming -> {
                streaming.cancel();
                pool.succeeded(account.id());
                yield new Result.Tried(true, null, latency, sent, null);
            }
            case Answer.Cut cut -> new Result.Tried(false, null, latency, sent, "the gateway is being stopped");
            case Answer.Failed failed -> {
                learn(account, failed.fault());
                yield new Result.Tried(
                        false,
                        failed.fault().httpStatus(),
                        latency,
                        sent,
                        failed.fault().message());
            }
        };
    }

    private void learn(Account account, Fault fault) {
        if (fault.kind() != Fault.Kind.REQUEST) {
            int failures = pool.consecutiveFailures(account.id()) + 1;
            pool.failed(account.id(), fault, CoolDown.after(account, fault, failures, clock.instant()));
        }
    }

    private UpstreamRequest request(Account account, String model) {
        Smallest smallest = smallest(account.type(), model);
        byte[] body = smallest.body().getBytes(StandardCharsets.UTF_8);
        CallBounds bounds = new CallBounds((long) body.length, 1L, 1, Map.of());
        RelayCall call = new RelayCall(
                RequestId.at(clock.instant(), random.getAsLong(), random.getAsLong()),
                smallest.dialect(),
                smallest.path(),
                null,
                null,
                null,
                List.of(),
                new CallBody(body, CallBody.JSON, model, false, bounds, false, Served.ORDINARY, List.of(), List.of()),
                new OneWord(),
                false,
                null,
                null);
        return new UpstreamRequest(
                call, account, pool.connection(account.id()), model, 1L, false, WINDOW, settings.deadlines(false));
    }

    /** One word in; the bound of one token is set by the platform's own name for it. */
    private record Smallest(String dialect, String path, String body) {}

    private static Smallest smallest(AccountType type, String model) {
        String named = "{\"model\":" + Quoted.json(model) + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return switch (type) {
            case CLAUDE, CLAUDE_OAUTH, BEDROCK -> new Smallest("messages", "/messages", named);
            case OPENAI, AZURE_OPENAI, SIMULATED -> new Smallest("chat", "/chat/completions", named);
            case GEMINI ->
                new Smallest(
                        "generate_content",
                        ":generateContent",
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}");
        };
    }
}
