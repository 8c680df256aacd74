package dev.tollgate.domain.entitlement;

import java.util.List;
import java.util.stream.Stream;

/**
 * Who may be asked to pay for a call, first to last, and why everybody else is passed over.
 *
 * @param packages asked first, in this order
 * @param others asked after them: the user's credit, then, for a postpaid user, nobody in advance
 */
public record PayerOrder(List<UserPackage> packages, List<Payer> others, List<PassedOver> passedOver) {
    public PayerOrder {
        packages = List.copyOf(packages);
        others = List.copyOf(others);
        passedOver = List.copyOf(passedOver);
    }

    public List<Payer> payers() {
        Stream<Payer> first = packages.stream().map(held -> new Payer.OfPackage(held.id()));
        return Stream.concat(first, others.stream()).toList();
    }

    /** Nobody can pay: a call that needs a payer is refused. */
    public boolean isEmpty() {
        return packages.isEmpty() && others.isEmpty();
    }
}
