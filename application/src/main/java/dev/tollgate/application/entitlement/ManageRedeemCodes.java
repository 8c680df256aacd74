package dev.tollgate.application.entitlement;

import dev.tollgate.application.entitlement.RedeemCode.Gift;
import dev.tollgate.application.entitlement.RedeemCode.Status;
import dev.tollgate.application.entitlement.RedeemCode.Terms;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.entitlement.CodeText;
import dev.tollgate.domain.identity.UserId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Issues redeem codes and keeps them. */
public interface ManageRedeemCodes {
    int COUNT_MAX = 1000;

    /** Makes a batch of codes; their texts are told now and never again. */
    Issued issue(Batch batch);

    /** A search for a code's whole text finds that one. */
    Page<RedeemCode> list(@Nullable Status status, @Nullable Long batch, PageQuery query);

    Optional<RedeemCode> find(long id);

    /** Changes a code that is not used; the answer is the code as it is then, empty if it is gone. */
    Optional<RedeemCode> change(long id, UnaryOperator<Terms> change);

    /** Removes a code that is not used; the answer is the code as it was, with its use if it stays; empty if it is gone. */
    Optional<RedeemCode> remove(long id);

    /**
     * Codes that are alike.
     *
     * @param count 1 to {@link #COUNT_MAX}
     */
    record Batch(
            int count, Gift gift, Terms terms, @Nullable UserId creator) {}

    /** What became of a batch. */
    sealed interface Issued {
        record Done(long batch, List<NewCode> codes) implements Issued {
            public Done {
                codes = List.copyOf(codes);
            }
        }

        record NoSuchPackage() implements Issued {}

        /** The package is not on offer any more. */
        record Withdrawn() implements Issued {}
    }

    /** A code with its text. */
    record NewCode(RedeemCode code, CodeText text) {}
}
