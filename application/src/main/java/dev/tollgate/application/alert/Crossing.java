package dev.tollgate.application.alert;

import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A threshold that is reached. */
sealed interface Crossing {
    /** What it is about: the same however often it is looked at. */
    String key();

    /** Of a limited window of a package. */
    record OfPackage(HeldPackage held, Window window, Money limit, Money used, Threshold threshold)
            implements Crossing {
        /** Usage of a window that is over may be recorded late, but old windows are no news. */
        private static final Duration LATE_MAX = Duration.ofHours(1);

        /** The window's thresholds that are reached, lowest first; none of a window without limit or long over. */
        static List<Crossing> of(HeldPackage held, WindowKey key, Money used, Instant now) {
            return of(held, key, used, now, Threshold::reached);
        }

        /** As by a call that was refused because of the window. */
        static List<Crossing> refused(HeldPackage held, WindowKey key, Money used, Instant now) {
            return of(held, key, used, now, Threshold::refused);
        }

        private static List<Crossing> of(
                HeldPackage held,
                WindowKey key,
                Money used,
                Instant now,
                BiFunction<Money, Money, List<Threshold>> reached) {
            @Nullable Money limit = held.held().terms().limits().get(key.kind());
            Window window = window(held, key);
            @Nullable Instant end = window.end();
            boolean isOver = end != null && end.plus(LATE_MAX).isBefore(now);
            if (limit == null || isOver) {
                return List.of();
            }
            return reached.apply(used, limit).stream()
                    .<Crossing>map(threshold -> new OfPackage(held, window, limit, used, threshold))
                    .toList();
        }

        /** A window's name has whole seconds, its start may have more: a second on is inside. */
        private static Window window(HeldPackage held, WindowKey key) {
            Instant inside = Instant.ofEpochSecond(key.startEpochSecond()).plusSeconds(1);
            return held.held()
                    .terms()
                    .calendar()
                    .window(key.kind(), inside)
                    .cutAt(held.held().expiresAt());
        }

        /** Null for one that is never empty again, though its package ends. */
        @Nullable
        Instant resetsAt() {
            return window.kind() == WindowKind.TOTAL ? null : window.end();
        }

        String windowName() {
            return window.kind().name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String key() {
            return "package.threshold:" + held.held().id().value() + ":" + windowName() + ":"
                    + window.start().getEpochSecond() + ":" + threshold.percent();
        }
    }

    /**
     * Of a credit.
     *
     * @param limit what there was after the last booking
     * @param used what was used of it since
     * @param version the ledger's: with the next booking all begins anew
     */
    record OfCredit(UserId user, long version, Money limit, Money used, Threshold threshold) implements Crossing {
        static List<Crossing> of(SpendingLooks.CreditLook look, Wallets.Credit credit) {
            return of(look, credit, Threshold::reached);
        }

        /** As by a call that was refused because of the credit. */
        static List<Crossing> refused(SpendingLooks.CreditLook look, Wallets.Credit credit) {
            return of(look, credit, Threshold::refused);
        }

        private static List<Crossing> of(
                SpendingLooks.CreditLook look,
                Wallets.Credit credit,
                BiFunction<Money, Money, List<Threshold>> reached) {
            Money limit = credit.granted().minus(look.base());
            Money used = look.used().minus(look.base());
            return reached.apply(used, limit).stream()
                    .<Crossing>map(threshold -> new OfCredit(look.user(), look.version(), limit, used, threshold))
                    .toList();
        }

        @Override
        public String key() {
            return "credit.threshold:" + user.value() + ":" + version + ":" + threshold.percent();
        }
    }
}
