package dev.tollgate.application.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryLeases;
import dev.tollgate.application.identity.InMemoryVault;
import dev.tollgate.application.identity.Leases;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecoverAccountsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final AccountId ID = new AccountId(1);
    private static final Health INVALID = new Health(Health.Status.INVALID, null);

    private final InMemoryChanges changes = new InMemoryChanges();
    private final InMemoryAccounts stored = new InMemoryAccounts(changes);
    private final Credentials credentials = new Credentials(new InMemoryVault());
    private Instant now = NOW;
    private final Leases leases = new InMemoryLeases(() -> now);
    private final CachedAccountPool pool = new CachedAccountPool(stored, credentials, changes, () -> now);
    private final List<String> asked = new ArrayList<>();
    private boolean isLetIn;
    private String renewed;
    private final RecoverAccounts node = node();

    @ParameterizedTest
    @EnumSource(names = {"INVALID", "TOKEN_EXPIRED"})
    void an_account_that_is_let_in_again_is_taken_back(Health.Status status) {
        keep(AccountType.OPENAI, new Health(status, null), true);
        isLetIn = true;

        assertThat(node.recover()).isZero();
        pass(60);
        assertThat(node.recover()).isEqualTo(1);

        assertThat(asked).containsExactly("key-1");
        assertThat(pool.accounts().getFirst().health()).isEqualTo(Health.VALID);
        assertThat(stored.find(ID).orElseThrow().account().health()).isEqualTo(Health.VALID);
    }

    @Test
    void an_account_that_is_not_let_in_is_asked_about_ever_less() {
        keep(AccountType.OPENAI, INVALID, true);

        List<Long> minutes = new ArrayList<>();
        for (long minute = 0; minute <= 300; minute++) {
            int before = asked.size();
            assertThat(node.recover()).isZero();
            if (asked.size() > before) {
                minutes.add(minute);
            }
            pass(60);
        }

        assertThat(minutes).containsExactly(1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L, 243L);
        assertThat(pool.accounts().getFirst().health()).isEqualTo(INVALID);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"INVALID", "TOKEN_EXPIRED"})
    void troubles_that_pass_by_themselves_are_not_asked_about(Health.Status status) {
        keep(AccountType.OPENAI, new Health(status, null), true);

        assertNobodyIsAsked();
    }

    @Test
    void a_disabled_account_is_not_asked_about() {
        keep(AccountType.OPENAI, INVALID, false);

        assertNobodyIsAsked();
    }

    @Test
    void new_credentials_are_tried_at_once() {
        keep(AccountType.OPENAI, INVALID, true);
        assertThat(node.recover()).isZero();
        isLetIn = true;

        seal("key-2");

        assertThat(node.recover()).isEqualTo(1);
        assertThat(asked).containsExactly("key-2");
    }

    @Test
    void a_list_that_is_open_to_all_does_not_make_an_account_swing_for_ever() {
        keep(AccountType.OPENAI, INVALID, true);
        isLetIn = true;

        for (int minute = 0; minute < 60; minute++) {
            int unused = node.recover();
            assertThat(stored.change(ID, account -> account.in(INVALID))).isPresent();
            pass(60);
        }

        assertThat(asked).hasSizeLessThan(7);
    }

    @Test
    void two_nodes_ask_once() {
        RecoverAccounts other = node();
        keep(AccountType.OPENAI, INVALID, true);

        assertThat(node.recover() + other.recover()).isZero();
        pass(60);
        assertThat(node.recover() + other.recover()).isZero();

        assertThat(asked).hasSize(1);
    }

    @Test
    void an_oauth_account_is_asked_about_with_a_fresh_token() {
        keep(AccountType.CLAUDE_OAUTH, new Health(Health.Status.TOKEN_EXPIRED, null), true);
        renewed = "key-2";
        isLetIn = true;

        assertThat(node.recover()).isZero();
        pass(60);
        assertThat(node.recover()).isEqualTo(1);

        assertThat(asked).containsExactly("key-2");
    }

    private void assertNobodyIsAsked() {
        for (int minute = 0; minute < 5; minute++) {
            assertThat(node.recover()).isZero();
            pass(60);
        }
        assertThat(asked).isEmpty();
    }

    private void pass(long seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
    }

    private RecoverAccounts node() {
        ManageAccounts accounts = new ManageAccountsService(
                stored, new InMemoryAccountGroups(), credentials, pool, new AddressRules(false), () -> 7, () -> now);
        Probes probes = (type, connection) -> {
            asked.add(connection.credentials().get("api_key"));
            return isLetIn;
        };
        return new RecoverAccountsService(pool, accounts, probes, new RenewingTokens(), leases, () -> now);
    }

    private void seal(String key) {
        assertThat(stored.change(
                        ID,
                        account -> new StoredAccount(
                                account.account(),
                                account.access(),
                                credentials.seal(ID, Map.of("api_key", key)),
                                account.troubles(),
                                account.createdAt(),
                                account.updatedAt())))
                .isPresent();
    }

    private void keep(AccountType type, Health health, boolean enabled) {
        stored.add(new StoredAccount(
                new Account(ID, "main", type, Placement.ORDINARY, Serving.BY_FAMILY, enabled, health),
                new Access(null, null, Map.of()),
                credentials.seal(ID, Map.of("api_key", "key-1")),
                StoredAccount.Troubles.NONE,
                NOW,
                NOW));
    }

    private final class RenewingTokens implements RenewToken {
        @Override
        public Optional<Renewal> renew(AccountId account) {
            seal(renewed);
            return Optional.of(new Renewal.Renewed());
        }
    }
}
