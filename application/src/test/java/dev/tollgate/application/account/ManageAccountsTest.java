package dev.tollgate.application.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryVault;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManageAccountsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Map<String, String> KEY = Map.of("api_key", "sk-0123456789-abcd");

    private final AtomicLong ids = new AtomicLong();
    private final InMemoryChanges changes = new InMemoryChanges();
    private final InMemoryAccounts store = new InMemoryAccounts(changes);
    private final InMemoryAccountGroups groups = new InMemoryAccountGroups();
    private final Credentials credentials = new Credentials(new InMemoryVault());
    private final CachedAccountPool pool = new CachedAccountPool(store, credentials, changes, () -> NOW);
    private final ManageAccounts accounts = new ManageAccountsService(
            store, groups, credentials, pool, new AddressRules(false), ids::incrementAndGet, () -> NOW);
    private final ManageAccountGroups manageGroups =
            new ManageAccountGroupsService(groups, store, ids::incrementAndGet);

    @Test
    void a_new_account_is_valid_and_its_credentials_are_sealed_to_their_row() {
        StoredAccount stored = created(form(AccountType.CLAUDE), KEY);

        assertThat(stored.account().health()).isEqualTo(Health.VALID);
        assertThat(stored.sealedCredentials().get("api_key")).doesNotContain("sk-0123456789");
        assertThat(accounts.masked(stored)).containsEntry("api_key", "••••abcd");
        assertThat(pool.connection(stored.account().id()).credentials()).isEqualTo(KEY);
        assertThat(stored.toString()).doesNotContain(stored.sealedCredentials().get("api_key"));
    }

    @Test
    void a_short_secret_shows_nothing_of_itself() {
        StoredAccount stored = created(form(AccountType.CLAUDE), Map.of("api_key", "short"));

        assertThat(accounts.masked(stored)).containsEntry("api_key", "••••");
    }

    @Test
    void every_type_asks_for_its_own_credentials() {
        assertThat(wrong(AccountType.CLAUDE, Map.of())).containsExactly("credentials.api_key");
        assertThat(wrong(AccountType.OPENAI, Map.of("api_key", "k", "region", "x")))
                .containsExactly("credentials.region");
        assertThat(wrong(AccountType.CLAUDE_OAUTH, Map.of("access_token", "t", "expires_at", "soon")))
                .containsExactly("credentials.expires_at");
        assertThat(wrong(AccountType.CLAUDE_OAUTH, Map.of("access_token", "t", "token_url", "http://10.0.0.1")))
                .containsExactly("credentials.token_url");
        assertThat(wrong(AccountType.AZURE_OPENAI, Map.of("api_key", "k", "deployments.gpt-5", "mine")))
                .containsExactly("base_url");
        assertThat(wrong(AccountType.BEDROCK, Map.of("region", "us-east-1", "access_key_id", "a")))
                .containsExactly("credentials.access_key_id");
        assertThat(wrong(AccountType.BEDROCK, Map.of("api_key", "k"))).containsExactly("credentials.region");
        assertThat(wrong(AccountType.SIMULATED, Map.of("api_key", "k"))).containsExactly("credentials.api_key");
        assertThat(wrong(AccountType.GEMINI, Map.of("api_key", "k\n"))).containsExactly("credentials.api_key");
    }

    @Test
    void both_kinds_of_bedrock_credentials_will_do() {
        assertThat(accounts.create(form(AccountType.BEDROCK), Map.of("region", "us-east-1", "api_key", "k")))
                .isInstanceOf(ManageAccounts.Outcome.Done.class);
        assertThat(accounts.create(
                        form(AccountType.BEDROCK),
                        Map.of("region", "us-east-1", "access_key_id", "a", "secret_access_key", "s")))
                .isInstanceOf(ManageAccounts.Outcome.Done.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://proxy.example:3128", "socks5://ann:secret@proxy.example:1080"})
    void a_proxy_has_a_host_and_a_port(String proxyUrl) {
        assertThat(accounts.create(through(proxyUrl), KEY)).isInstanceOf(ManageAccounts.Outcome.Done.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://proxy.example", "https://proxy.example:3128", "proxy.example:3128", "http://:3128"})
    void a_proxy_that_could_not_be_used_is_refused(String proxyUrl) {
        assertThat(errors(accounts.create(through(proxyUrl), KEY))).containsExactly("proxy_url");
    }

    private static AccountForm through(String proxyUrl) {
        return at(new Access(null, proxyUrl, Map.of()));
    }

    @Test
    void what_was_shown_masked_and_comes_back_stays_as_it_was() {
        Access access = new Access(
                null,
                "http://ann:p%40ss-word@proxy.example:3128",
                Map.of("x-gateway-key", "0123456789-abcdef", "x-team", "a"));
        AccountId id = created(at(access), KEY).account().id();
        Access shown = found(id).masked();

        assertThat(shown.proxyUrl()).isEqualTo("http://ann:••••@proxy.example:3128");
        assertThat(shown.extraHeaders()).isEqualTo(Map.of("x-gateway-key", "••••cdef", "x-team", "a"));
        assertThat(access.toString()).doesNotContain("p%40ss", "0123456789");
        assertThat(accounts.change(id, form -> at(shown), Map.of())).isInstanceOf(ManageAccounts.Outcome.Done.class);
        assertThat(found(id)).isEqualTo(access);

        Access moved = new Access(
                null, "socks5://ann:••••@other.example:1080", Map.of("x-gateway-key", "another", "x-team", "••••"));
        assertThat(accounts.change(id, form -> at(moved), Map.of())).isInstanceOf(ManageAccounts.Outcome.Done.class);
        assertThat(found(id))
                .isEqualTo(new Access(
                        null,
                        "socks5://ann:p%40ss-word@other.example:1080",
                        Map.of("x-gateway-key", "another", "x-team", "a")));
    }

    @Test
    void a_mask_that_stands_for_nothing_is_refused() {
        Access masks = new Access(null, "http://ann:••••@proxy.example:3128", Map.of("x-team", "••••"));
        AccountId id = created(form(AccountType.CLAUDE), KEY).account().id();

        assertThat(errors(accounts.create(at(masks), KEY)))
                .containsExactlyInAnyOrder("proxy_url", "extra_headers.x-team");
        assertThat(errors(accounts.change(id, form -> at(masks), Map.of())))
                .containsExactlyInAnyOrder("proxy_url", "extra_headers.x-team");
    }

    private Access found(AccountId id) {
        return accounts.find(id).orElseThrow().access();
    }

    private static AccountForm at(Access access) {
        return new AccountForm("main", AccountType.CLAUDE, access, Placement.ORDINARY, Serving.BY_FAMILY, true);
    }

    @Test
    void headers_that_are_ours_and_groups_that_are_not_there_are_refused() {
        AccountForm form = new AccountForm(
                "main",
                AccountType.CLAUDE,
                new Access("https://127.0.0.1", "ftp://proxy", Map.of("Authorization", "x", "x-team", "a\nb")),
                Placement.ORDINARY,
                new Serving(ModelPatterns.NONE, Map.of(), Set.of(new GroupId(77))),
                true);

        assertThat(errors(accounts.create(form, KEY)))
                .containsExactlyInAnyOrder(
                        "base_url", "proxy_url", "extra_headers.Authorization", "extra_headers.x-team", "group_ids");
    }

    @Test
    void an_edit_keeps_the_credentials_it_does_not_give() {
        AccountId id = created(form(AccountType.OPENAI), Map.of("api_key", "sk-0123456789-abcd", "organization", "org"))
                .account()
                .id();
        Map<String, @Nullable String> given = new HashMap<>();
        given.put("api_key", "••••abcd");
        given.put("organization", null);

        assertThat(accounts.change(id, form -> form, given)).isInstanceOf(ManageAccounts.Outcome.Done.class);

        assertThat(pool.connection(id).credentials()).isEqualTo(KEY);
    }

    @Test
    void new_credentials_are_not_blamed_for_the_old_ones() {
        AccountId id = created(form(AccountType.OPENAI), KEY).account().id();
        assertThat(accounts.set(id, new Health(Health.Status.INVALID, null))).isPresent();

        assertThat(statusAfter(id, Map.of("api_key", "••••abcd"))).isEqualTo(Health.Status.INVALID);
        assertThat(statusAfter(id, Map.of("api_key", "sk-another-key"))).isEqualTo(Health.Status.VALID);
    }

    @Test
    void new_credentials_do_not_end_what_an_operator_imposed() {
        AccountId id = created(form(AccountType.OPENAI), KEY).account().id();
        assertThat(accounts.set(id, new Health(Health.Status.SUSPENDED, null))).isPresent();

        assertThat(statusAfter(id, Map.of("api_key", "sk-another-key"))).isEqualTo(Health.Status.SUSPENDED);
    }

    private Health.Status statusAfter(AccountId id, Map<String, @Nullable String> given) {
        return ((ManageAccounts.Outcome.Done) accounts.change(id, form -> form, given))
                .account()
                .account()
                .health()
                .status();
    }

    @Test
    void an_edit_cannot_take_a_needed_credential_or_change_the_type() {
        AccountId id = created(form(AccountType.OPENAI), KEY).account().id();
        Map<String, @Nullable String> given = new HashMap<>();
        given.put("api_key", null);

        assertThat(errors(accounts.change(id, form -> form, given))).containsExactly("credentials.api_key");
        assertThat(errors(accounts.change(id, form -> form(AccountType.GEMINI), Map.of())))
                .containsExactly("type");
        assertThat(accounts.change(new AccountId(99), form -> form, Map.of()))
                .isEqualTo(new ManageAccounts.Outcome.NoSuchAccount());
    }

    @Test
    void an_operator_can_take_an_account_out_and_bring_it_back() {
        AccountId id = created(form(AccountType.CLAUDE), KEY).account().id();
        Health suspended = new Health(Health.Status.SUSPENDED, null);

        assertThat(accounts.set(id, suspended)).isPresent();
        assertThat(pool.accounts().getFirst().health()).isEqualTo(suspended);

        pool.failed(id, new Fault(Fault.Kind.SERVER, 500, null, "oops"), suspended);
        assertThat(accounts.recover(id)).isPresent();
        assertThat(pool.accounts().getFirst().health()).isEqualTo(Health.VALID);
        assertThat(pool.consecutiveFailures(id)).isZero();
        assertThat(accounts.recover(new AccountId(99))).isEmpty();
    }

    @Test
    void accounts_join_and_leave_groups_and_a_group_with_members_stays() {
        AccountId account = created(form(AccountType.CLAUDE), KEY).account().id();
        GroupId group = manageGroups.create("vip", "claude", null).id();

        assertThat(manageGroups.join(group, account)).isTrue();
        assertThat(manageGroups.members(group)).containsExactly(account);
        assertThat(pool.accounts().getFirst().serving().groups()).containsExactly(group);
        assertThat(manageGroups.remove(group)).isEqualTo(ManageAccountGroups.Removal.HAS_MEMBERS);

        assertThat(manageGroups.leave(group, account)).isTrue();
        assertThat(manageGroups.leave(group, account)).isFalse();
        assertThat(manageGroups.remove(group)).isEqualTo(ManageAccountGroups.Removal.REMOVED);
        assertThat(manageGroups.remove(group)).isEqualTo(ManageAccountGroups.Removal.NO_SUCH_GROUP);
        assertThat(manageGroups.join(group, account)).isFalse();
    }

    private StoredAccount created(AccountForm form, Map<String, String> given) {
        ManageAccounts.Outcome outcome = accounts.create(form, given);
        assertThat(outcome).isInstanceOf(ManageAccounts.Outcome.Done.class);
        return ((ManageAccounts.Outcome.Done) outcome).account();
    }

    private List<String> wrong(AccountType type, Map<String, String> given) {
        return errors(accounts.create(form(type), given));
    }

    private static List<String> errors(ManageAccounts.Outcome outcome) {
        assertThat(outcome).isInstanceOf(ManageAccounts.Outcome.Invalid.class);
        return ((ManageAccounts.Outcome.Invalid) outcome)
                .errors().stream().map(FieldError::field).toList();
    }

    private static AccountForm form(AccountType type) {
        return new AccountForm("main", type, Access.ORDINARY, Placement.ORDINARY, Serving.BY_FAMILY, true);
    }
}
