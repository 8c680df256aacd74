package dev.tollgate.application.relay;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.Roster;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.pricing.Model;
import java.util.Collections;
import java.util.Set;

/** Which accounts could serve a call: enabled, of the caller's groups, for that model and dialect. */
public final class Routing {
    private final AccountPool pool;
    private final Upstream upstream;

    public Routing(AccountPool pool, Upstream upstream) {
        this.pool = pool;
        this.upstream = upstream;
    }

    Candidates candidates(Entrance.Result.Granted granted) {
        Model model = granted.priced().model();
        ApiKey key = granted.holder().key();
        Set<GroupId> groups = key.scope().groups().isEmpty()
                ? granted.holder().user().groups()
                : key.scope().groups();
        return new Candidates(new Roster(pool.accounts().stream()
                .filter(Account::enabled)
                .filter(account -> account.serves(granted.priced().wanted(), model.name(), model.platform()))
                .filter(account -> isPinned(account, granted.call()))
                .filter(account -> isOpenTo(account, key, groups))
                .filter(account -> upstream.speaks(account.type(), granted.call()))
                .toList()));
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
