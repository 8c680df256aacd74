package dev.tollgate.application.relay;

import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Use case: tell the holder of a key what is used and what is left. */
public interface TellKeyUsage {
    /** What the key's holder may know; {@code keyText} is the key as sent, null if none. */
    Told of(@Nullable String keyText, @Nullable String clientIp);

    /** What the caller is answered. */
    sealed interface Told {
        /**
         * A key's standing at an instant.
         *
         * @param limits the key's and its user's, those that are set
         * @param packages those whose time runs and that may pay for this key's calls, the live store's figures in them
         * @param creditBalance granted less used; what is held is part of it
         */
        record Standing(
                Instant at,
                ApiKey key,
                User user,
                List<KeyLimit> limits,
                List<HeldPackage> packages,
                Money creditBalance,
                Money creditHeld,
                Used today,
                Used month,
                Used total)
                implements Told {
            public Standing {
                limits = List.copyOf(limits);
                packages = List.copyOf(packages);
            }
        }

        record Refused(CallError error) implements Told {}
    }

    /** A limit that is set. */
    sealed interface KeyLimit {
        LimitName name();

        /**
         * A limit of money.
         *
         * @param resetsAt null for one that never resets
         */
        record OfMoney(
                LimitName name,
                Money limit,
                Spent spent,
                @Nullable Instant resetsAt) implements KeyLimit {}

        /**
         * A limit of a count.
         *
         * @param used null while the live store, which alone counts it, is away
         * @param held by running calls, which give it back if they are not sent; null as {@code used} is
         */
        record OfCount(
                LimitName name,
                long limit,
                @Nullable Long used,
                @Nullable Long held,
                @Nullable Instant resetsAt) implements KeyLimit {}
    }

    /** What the key has used; the cost by the live store, the counts by the records, which follow within seconds. */
    record Used(long requests, long tokens, Money cost) {}
}
