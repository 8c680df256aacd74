package dev.tollgate.application.entitlement;

import dev.tollgate.application.apikey.KeyDigest;
import dev.tollgate.application.entitlement.RedeemCode.Status;
import dev.tollgate.application.entitlement.RedeemCode.Terms;
import dev.tollgate.application.entitlement.RedeemCode.Use;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Redeem codes and who used them; of a code's text only a digest is kept. */
public interface RedeemCodes {
    /** Adds all of them, or nothing. */
    void add(List<Fresh> codes);

    /** Newest first unless the query says otherwise; its search goes through names, first and last characters. */
    Page<RedeemCode> list(Wanted wanted, PageQuery query);

    Optional<RedeemCode> find(long id);

    /** The code that one of these digests belongs to. */
    Optional<RedeemCode> find(List<KeyDigest> digests);

    /** Changes a code that is not used; the answer is the code as it is then, empty if it is gone. */
    Optional<RedeemCode> change(long id, UnaryOperator<Terms> change);

    /** Removes a code that is not used; the answer is the code as it was, with its use if it stays; empty if it is gone. */
    Optional<RedeemCode> remove(long id);

    /**
     * Decides on a code while nobody else can use, change or remove it. What the decision books elsewhere and the use it
     * comes to are one transaction; it may be run again if that is lost. A code has one use for ever.
     *
     * @return what was decided; empty if the code is gone
     */
    <T> Optional<T> use(long id, Function<RedeemCode, Decision<T>> decide);

    /** A new code with the digest of its text. */
    record Fresh(RedeemCode code, KeyDigest digest) {}

    /** Which codes of a list, at an instant; null for whatever status or batch. */
    record Wanted(@Nullable Status status, @Nullable Long batch, Instant at) {}

    /**
     * What becomes of a code.
     *
     * @param use null if it stays as it is
     */
    record Decision<T>(T answer, @Nullable Use use) {}
}
