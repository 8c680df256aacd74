package dev.tollgate.domain.apikey;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a key may be used for. An empty set restricts nothing; a blocked model wins over an allowed one.
 *
 * @param addresses client addresses in CIDR form
 */
public record KeyScope(
        ModelPatterns allowedModels,
        ModelPatterns blockedModels,
        Set<String> platforms,
        Set<Cidr> addresses,
        Set<GroupId> groups,
        Set<AccountId> accounts) {
    public static final KeyScope ANYTHING =
            new KeyScope(ModelPatterns.NONE, ModelPatterns.NONE, Set.of(), Set.of(), Set.of(), Set.of());

    public KeyScope {
        platforms = Set.copyOf(platforms);
        addresses = Set.copyOf(addresses);
        groups = Set.copyOf(groups);
        accounts = Set.copyOf(accounts);
    }

    public boolean allowsModel(String model) {
        return !blockedModels.matches(model) && (allowedModels.isEmpty() || allowedModels.matches(model));
    }

    public boolean allowsPlatform(String platform) {
        return platforms.isEmpty() || platforms.contains(platform);
    }

    /** @param address null if it is not known, which is on no list */
    public boolean allowsAddress(@Nullable String address) {
        return addresses.isEmpty()
                || (address != null && addresses.stream().anyMatch(cidr -> cidr.containsAddress(address)));
    }
}
