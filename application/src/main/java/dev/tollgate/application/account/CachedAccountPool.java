package dev.tollgate.application.account;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.Snapshot;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Health;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The accounts in memory, loaded again whenever one is edited. What calls teach about an account counts at once on this
 * node and is stored a moment later by {@link #flush}, so that it survives a restart and other nodes learn of it.
 */
public final class CachedAccountPool implements AccountPool, HealthBoard {
    private static final int WORDS_LENGTH_MAX = 500;

    private final Accounts accounts;
    private final Credentials credentials;
    private final Snapshot<Map<AccountId, StoredAccount>> snapshot;
    private final Map<AccountId, Lesson> lessons = new ConcurrentHashMap<>();
    private final Map<AccountId, Integer> failuresInARow = new ConcurrentHashMap<>();
    private final SparedModels sparedModels = new SparedModels();
    private final InstantSource clock;
    private final Map<AccountId, Opened> opened = new ConcurrentHashMap<>();

    public CachedAccountPool(Accounts accounts, Credentials credentials, Changes changes, InstantSource clock) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.clock = clock;
        this.snapshot = new Snapshot<>(this::load, changes, Set.of(Changes.Kind.ACCOUNT), clock);
    }

    @Override
    public List<Account> accounts() {
        return snapshot.get().values().stream()
                .map(stored -> {
                    Lesson lesson = lessons.get(stored.account().id());
                    return (lesson == null ? stored : lesson.healthOn(stored)).account();
                })
                .toList();
    }

    /** @throws dev.tollgate.application.identity.Vault.CannotOpen if its credentials were sealed by a lost key */
    @Override
    public Connection connection(AccountId account) {
        StoredAccount stored = snapshot.get().get(account);
        if (stored == null) {
            throw new IllegalStateException("the account is gone: " + account.value());
        }
        Opened known = opened.get(account);
        if (known != null && known.isOf(stored)) {
            return known.connection();
        }
        Access access = stored.access();
        Connection connection =
                new Connection(access.baseUrl(), credentials.open(stored), access.proxyUrl(), access.extraHeaders());
        opened.put(account, new Opened(stored, connection));
        return connection;
    }

    @Override
    public int consecutiveFailures(AccountId account) {
        return failuresInARow.getOrDefault(account, 0);
    }

    @Override
    public void succeeded(AccountId account) {
        failuresInARow.remove(account);
    }

    @Override
    public void failed(AccountId account, Fault fault, Health health) {
        failuresInARow.merge(account, 1, Math::addExact);
        learn(account, fault, health, 1);
    }

    @Override
    public void warned(AccountId account, Fault fault, Health health) {
        learn(account, fault, health, 0);
    }

    @Override
    public void spare(AccountId account, String model, Instant until) {
        sparedModels.spare(account, model, until, clock.instant());
    }

    @Override
    public boolean isSpared(AccountId account, String model, Instant now) {
        return sparedModels.isSpared(account, model, now);
    }

    private void learn(AccountId account, Fault fault, Health health, int errors) {
        StoredAccount stored = snapshot.get().get(account);
        if (stored != null) {
            lessons.compute(account, (id, lesson) -> {
                Lesson before = lesson == null ? Lesson.NONE : lesson;
                Health current = before.healthOn(stored).account().health();
                return before.after(words(fault), health.equals(current) ? before.health() : health, errors);
            });
        }
    }

    @Override
    public void set(AccountId account, Health health) {
        failuresInARow.remove(account);
        sparedModels.forget(account);
        lessons.computeIfPresent(account, (id, lesson) -> lesson.in(health));
    }

    /** Loads the accounts again, after an edit of our own. */
    void refresh() {
        snapshot.refresh();
    }

    /** Takes over what was learnt elsewhere than from a call; a null health leaves it as it is. */
    void learn(AccountId account, @Nullable Health health, String words) {
        lessons.compute(account, (id, lesson) -> {
            Lesson before = lesson == null ? Lesson.NONE : lesson;
            return before.after(words, health == null ? before.health() : health, 1);
        });
    }

    /** Stores what was learnt since the last time; what cannot be stored now is kept for the next. */
    public void flush() {
        if (lessons.isEmpty()) {
            return;
        }
        Map<AccountId, Lesson> stored = Map.copyOf(lessons);
        try {
            stored.forEach((id, lesson) -> store(id, lesson::on));
        } catch (StoreUnavailable away) {
            return;
        }
        snapshot.refresh();
        stored.forEach((id, lesson) -> lessons.computeIfPresent(id, (same, now) -> now.since(lesson)));
    }

    private void store(AccountId id, UnaryOperator<StoredAccount> lesson) {
        if (accounts.change(id, lesson).isEmpty()) {
            failuresInARow.remove(id);
        }
    }

    private Map<AccountId, StoredAccount> load() {
        Map<AccountId, StoredAccount> loaded = new LinkedHashMap<>();
        accounts.all().forEach(stored -> loaded.put(stored.account().id(), stored));
        opened.keySet().retainAll(loaded.keySet());
        return loaded;
    }

    private static String words(Fault fault) {
        String kind = fault.kind().name().toLowerCase(Locale.ROOT);
        String status = fault.httpStatus() == null ? "" : " " + fault.httpStatus();
        String words = kind + status + ": " + fault.message();
        return words.length() > WORDS_LENGTH_MAX ? words.substring(0, WORDS_LENGTH_MAX) : words;
    }

    /** A connection and what it was opened from. */
    private record Opened(StoredAccount from, Connection connection) {
        boolean isOf(StoredAccount stored) {
            return from.access().equals(stored.access())
                    && from.sealedCredentials().equals(stored.sealedCredentials());
        }
    }

    /** What is not stored yet; a null health is none but the stored one. */
    private record Lesson(
            @Nullable Health health, long errors, @Nullable String lastError) {
        static final Lesson NONE = new Lesson(null, 0, null);

        Lesson after(String words, @Nullable Health health, int more) {
            return new Lesson(health, errors + more, words);
        }

        Lesson in(Health health) {
            return new Lesson(health, errors, lastError);
        }

        StoredAccount healthOn(StoredAccount stored) {
            return health == null ? stored : stored.in(health);
        }

        StoredAccount on(StoredAccount stored) {
            return healthOn(stored).with(stored.troubles().plus(errors, lastError));
        }

        /** What was learnt after an earlier state of this lesson was stored; null if nothing. */
        @Nullable
        Lesson since(Lesson earlier) {
            if (equals(earlier)) {
                return null;
            }
            return new Lesson(health, errors - earlier.errors, lastError);
        }
    }
}
