package dev.tollgate.application.relay;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Roster;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.pricing.Model;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which accounts could serve a call: enabled, of the caller's groups, for that model and dialect. */
public final class Routing {
    private final AccountPool pool;
    private final Upstream upstream;
    private final Bindings bindings;
    private final InstantSource clock;

    public Routing(AccountPool pool, Upstream upstream, Bindings bindings, InstantSource clock) {
        this.pool = pool;
        this.upstream = upstream;
        this.bindings = bindings;
        this.clock = clock;
    }

    /** Where a call can go. */
    sealed interface Routes {
        /** To any of these; none at all is a matter of time or of the operator. */
        record Open(Candidates candidates) implements Routes {}

        /** Nowhere, now or later: the request itself cannot be served. */
        record Closed(CallError error) implements Routes {}
    }

    Routes route(Entrance.Result.Granted granted) {
        List<Account> accounts = accounts(granted);
        List<String> references = granted.call().body().references();
        if (references.isEmpty() || accounts.size() < 2) {
            return open(accounts);
        }
        Map<String, AccountId> makers =
                bindings.find(Sessions.digests(granted.holder().user().id(), references));
        Set<AccountId> distinct = new HashSet<>(makers.values());
        if (distinct.isEmpty()) {
            return new Routes.Closed(CallErrors.goneReference(references.get(0)));
        }
        if (distinct.size() > 1) {
            return new Routes.Closed(CallErrors.scatteredReferences());
        }
        List<Account> maker = accounts.stream()
                .filter(account -> distinct.contains(account.id()))
                .toList();
        return maker.isEmpty() ? new Routes.Closed(CallErrors.goneReference(references.get(0))) : open(maker);
    }

    private static Routes open(List<Account> accounts) {
        return new Routes.Open(new Candidates(new Roster(accounts)));
    }

    private List<Account> accounts(Entrance.Result.Granted granted) {
        Model model = granted.priced().model();
        ApiKey key = granted.holder().key();
        Set<GroupId> groups = key.scope().groups().isEmpty()
                ? granted.holder().user().groups()
                : key.scope().groups();
        return pool.accounts().stream()
                .filter(Account::enabled)
                .filter(account -> account.serves(granted.priced().wanted(), model.name(), model.platform()))
                .filter(account -> isPinned(account, granted.call()))
                .filter(account -> isOpenTo(account, key, groups))
                .filter(account -> upstream.speaks(account.type(), granted.call()))
                .filter(account -> !pool.isSpared(
                        account.id(), account.sentModel(granted.priced().wanted(), model.name()), clock.instant()))
                .toList();
    }

    private static boolean isPinned(Account account, RelayCall call) {
        return call.pinnedPlatform() == null || account.type().servesFamily(call.pinnedPlatform());
    }

    private static boolean isOpenTo(Account account, ApiKey key, Set<GroupId> groups) {
        boolean named =
                key.scope().accounts().isEmpty() || key.scope().accounts().contains(account.id());
        boolean grouped =
                groups.isEmpty() || !Collections.disjoint(account.serving().groups(), groups);
        return named && grouped;
    }
}
