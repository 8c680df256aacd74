package dev.tollgate.application.account;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Health;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps the upstream accounts. */
public final class ManageAccountsService implements ManageAccounts {
    private final Accounts accounts;
    private final AccountFormRules rules;
    private final Credentials credentials;
    private final HealthBoard board;
    private final Ids ids;
    private final InstantSource clock;

    public ManageAccountsService(
            Accounts accounts,
            AccountGroups groups,
            Credentials credentials,
            HealthBoard board,
            AddressRules addresses,
            Ids ids,
            InstantSource clock) {
        this.accounts = accounts;
        this.rules = new AccountFormRules(addresses, groups);
        this.credentials = credentials;
        this.board = board;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<StoredAccount> all() {
        return accounts.all();
    }

    @Override
    public Optional<StoredAccount> find(AccountId id) {
        return accounts.find(id);
    }

    @Override
    public Outcome create(AccountForm form, Map<String, String> given) {
        List<FieldError> errors = rules.check(form, given);
        if (!errors.isEmpty()) {
            return new Outcome.Invalid(errors);
        }
        AccountId id = new AccountId(ids.next());
        Instant now = clock.instant();
        StoredAccount stored = new StoredAccount(
                form.account(id, Health.VALID),
                form.access(),
                credentials.seal(id, given),
                StoredAccount.Troubles.NONE,
                now,
                now);
        accounts.add(stored);
        return new Outcome.Done(stored);
    }

    @Override
    public Outcome change(AccountId id, UnaryOperator<AccountForm> change, Map<String, @Nullable String> given) {
        try {
            return accounts.change(id, stored -> edited(stored, change.apply(AccountForm.of(stored)), given))
                    .<Outcome>map(Outcome.Done::new)
                    .orElseGet(Outcome.NoSuchAccount::new);
        } catch (Refused refused) {
            return new Outcome.Invalid(refused.errors);
        }
    }

    @Override
    public boolean remove(AccountId id) {
        return accounts.remove(id);
    }

    @Override
    public Optional<StoredAccount> set(AccountId id, Health health) {
        board.set(id, health);
        return accounts.change(id, stored -> stored.in(health));
    }

    @Override
    public Optional<StoredAccount> recover(AccountId id) {
        return set(id, Health.VALID);
    }

    @Override
    public Map<String, String> masked(StoredAccount account) {
        return credentials.masked(account);
    }

    private StoredAccount edited(StoredAccount stored, AccountForm asked, Map<String, @Nullable String> given) {
        AccountForm form = asked.unmasked(stored.access());
        if (form.type() != stored.account().type()) {
            throw new Refused(List.of(new FieldError("type", "cannot be changed")));
        }
        Map<String, String> before = credentials.open(stored);
        Map<String, String> opened = Credentials.edited(before, given);
        List<FieldError> errors = rules.check(form, opened);
        if (!errors.isEmpty()) {
            throw new Refused(errors);
        }
        AccountId id = stored.account().id();
        return new StoredAccount(
                form.account(id, opened.equals(before) ? stored.account().health() : mended(stored.account())),
                form.access(),
                given.isEmpty() ? stored.sealedCredentials() : credentials.seal(id, opened),
                stored.troubles(),
                stored.createdAt(),
                clock.instant());
    }

    /** What was held against the old credentials does not hold against new ones. */
    private Health mended(Account account) {
        return switch (account.health().status()) {
            case INVALID, TOKEN_EXPIRED -> {
                board.set(account.id(), Health.VALID);
                yield Health.VALID;
            }
            case VALID, RATE_LIMITED, OVERLOADED, SUSPENDED -> account.health();
        };
    }

    /** Undoes an edit from inside it. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<FieldError> errors;

        Refused(List<FieldError> errors) {
            super(null, null, false, false);
            this.errors = errors;
        }
    }
}
