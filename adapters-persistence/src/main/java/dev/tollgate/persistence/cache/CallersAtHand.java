package dev.tollgate.persistence.cache;

import dev.tollgate.persistence.sql.apikey.HeldKey;
import dev.tollgate.persistence.sql.apikey.KeysInUse;
import dev.tollgate.persistence.sql.entitlement.CachedWallets;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Brings into memory who called of late, and what they may spend, so that a node that has just started serves them also if
 * the database goes away before their first call.
 */
@Singleton
public final class CallersAtHand {
    private static final int KEYS_MAX = 2_000;

    private final KeysInUse keysInUse;
    private final CaffeineKeyRing keyRing;
    private final CachedWallets wallets;

    CallersAtHand(KeysInUse keysInUse, CaffeineKeyRing keyRing, CachedWallets wallets) {
        this.keysInUse = keysInUse;
        this.keyRing = keyRing;
        this.wallets = wallets;
    }

    /** @return how many keys were brought in */
    public int load() {
        List<HeldKey> keys = keyRing.take(() -> keysInUse.lastUsed(KEYS_MAX));
        wallets.take(keys.stream().map(key -> key.holder().user().id()).collect(Collectors.toSet()));
        return keys.size();
    }
}
