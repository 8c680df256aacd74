package dev.tollgate.application.pricing;

/** Use case: give a new gateway the price list it ships with. */
public interface SeedPrices {
    /**
     * Takes over the shipped list, with the instants it names, if there are no prices at all; else does nothing.
     *
     * @return how many models came in
     */
    int seed(byte[] shippedList);
}
