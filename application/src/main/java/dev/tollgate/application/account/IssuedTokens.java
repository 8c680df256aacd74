package dev.tollgate.application.account;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Health;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Pairs that were issued to this node and may not be stored yet: the provider has forgotten the ones before. */
final class IssuedTokens {
    private final ConcurrentMap<AccountId, Pair> pairs = new ConcurrentHashMap<>();

    /** @param stale the access token it took the place of */
    record Pair(String stale, Map<String, String> fields) {
        /** The account with the pair, unless somebody has entered another since. */
        StoredAccount on(StoredAccount stored, Credentials credentials, Instant now) {
            Map<String, String> opened = credentials.open(stored);
            if (!OAuthCredentials.of(opened).accessToken().equals(stale)) {
                return stored;
            }
            StoredAccount renewed = new StoredAccount(
                    stored.account(),
                    stored.access(),
                    credentials.seal(stored.account().id(), fields),
                    stored.troubles(),
                    stored.createdAt(),
                    now);
            boolean expired = stored.account().health().status() == Health.Status.TOKEN_EXPIRED;
            return expired ? renewed.in(Health.VALID) : renewed;
        }

        @Override
        public String toString() {
            return "Pair";
        }
    }

    void keep(AccountId account, String stale, Map<String, String> fields) {
        pairs.put(account, new Pair(stale, Map.copyOf(fields)));
    }

    /** The credentials issued in place of a token, empty if none are waiting here. */
    Optional<OAuthCredentials> after(AccountId account, String stale) {
        return pending(account)
                .filter(pair -> pair.stale().equals(stale))
                .map(pair -> OAuthCredentials.of(pair.fields()));
    }

    Optional<Pair> pending(AccountId account) {
        return Optional.ofNullable(pairs.get(account));
    }

    void stored(AccountId account, Pair pair) {
        boolean unused = pairs.remove(account, pair);
    }

    Set<AccountId> keys() {
        return Set.copyOf(pairs.keySet());
    }
}
