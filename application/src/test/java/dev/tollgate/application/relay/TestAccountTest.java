package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.Access;
import dev.tollgate.application.account.CachedAccountPool;
import dev.tollgate.application.account.Credentials;
import dev.tollgate.application.account.InMemoryAccounts;
import dev.tollgate.application.account.StoredAccount;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryVault;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import dev.tollgate.domain.pricing.ModelPatterns;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TestAccountTest {
    private static final AccountId ID = new AccountId(1);

    private final InMemoryChanges changes = new InMemoryChanges();
    private final InMemoryAccounts accounts = new InMemoryAccounts(changes);
    private final CachedAccountPool pool =
            new CachedAccountPool(accounts, new Credentials(new InMemoryVault()), changes, this::now);
    private final OneUpstream upstream = new OneUpstream();
    private final TestAccount tests =
            new TestAccountService(pool, upstream, new UneditedSettings(), this::now, () -> 7L);
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void sends_one_real_call_of_one_token_in_the_accounts_dialect() {
        keep(AccountType.CLAUDE);

        assertThat(tests.test(ID, "asked \"so\""))
                .isEqualTo(new TestAccount.Result.Tried(true, 200, 25, "asked \"so\"", null));

        UpstreamRequest sent = upstream.sent.getFirst();
        assertThat(sent.call().dialect()).isEqualTo("messages");
        assertThat(sent.outputBound()).isEqualTo(1);
        assertThat(new String(sent.call().body().bytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"model\":\"asked \\u0022so\\u0022\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    }

    @Test
    void says_the_same_to_a_model_its_dialect_does_not_reach() {
        keep(AccountType.BEDROCK);
        var unused = tests.test(ID, "nova");

        RelayCall call = upstream.sent.getFirst().call();
        CallerCodec codec = Objects.requireNonNull(call.codec());
        assertThat(codec.read(call.body())).isInstanceOfSatisfying(CallerCodec.Reading.Understood.class, understood -> {
            assertThat(understood.conversation().turns())
                    .containsExactly(new Turn(Turn.Role.USER, List.of(new Part.Text("Hi"))));
            AnswerWriter writer = codec.writer(call, understood.conversation());
            assertThat(writer.write(new AnswerEvent.Closed())).isEmpty();
            assertThat(writer.whole(List.of())).isEmpty();
            assertThat(writer.headers()).isEmpty();
        });
    }

    @Test
    void tells_the_model_it_sent_and_why_it_failed_and_lets_the_account_learn() {
        keep(AccountType.OPENAI);
        Fault fault = new Fault(Fault.Kind.CREDENTIALS, 401, null, "wrong key");
        upstream.answer = new Answer.Failed(fault, new AnswerHead(401, List.of()), new byte[0]);

        assertThat(tests.test(ID, "mapped"))
                .isEqualTo(new TestAccount.Result.Tried(false, 401, 25, "to-this", "wrong key"));

        assertThat(pool.accounts().getFirst().health().status()).isEqualTo(Health.Status.INVALID);
    }

    @Test
    void says_so_when_there_is_nothing_to_send_with() {
        keep(AccountType.GEMINI);

        assertThat(tests.test(ID, "m")).isEqualTo(new TestAccount.Result.CannotBeSent("gemini"));
        assertThat(tests.test(new AccountId(2), "m")).isEqualTo(new TestAccount.Result.NoSuchAccount());
    }

    private Instant now() {
        return now;
    }

    private void keep(AccountType type) {
        accounts.add(new StoredAccount(
                new Account(
                        ID,
                        "main",
                        type,
                        Placement.ORDINARY,
                        new Serving(ModelPatterns.NONE, Map.of("mapped", "to-this"), Set.of()),
                        true,
                        Health.VALID),
                Access.ORDINARY,
                Map.of(),
                StoredAccount.Troubles.NONE,
                now,
                now));
    }

    /** Answers every call alike, after a while. */
    private final class OneUpstream implements Upstream {
        private final List<UpstreamRequest> sent = new ArrayList<>();
        private Answer answer = new Answer.Whole(
                new AnswerHead(200, List.of()),
                new byte[0],
                new Metered(new UsageReport.Reported(Usage.NONE), Set.of()));

        @Override
        public boolean speaks(AccountType type, RelayCall call) {
            return type != AccountType.GEMINI;
        }

        @Override
        public long inputTokens(RelayCall call, @Nullable AccountType type, String sentModel, long contextWindow) {
            return 1;
        }

        @Override
        public Prepared prepare(UpstreamRequest request) {
            return (Prepared.Ready) () -> answer(request);
        }

        private Answer answer(UpstreamRequest request) {
            sent.add(request);
            now = now.plusMillis(25);
            return answer;
        }
    }
}
