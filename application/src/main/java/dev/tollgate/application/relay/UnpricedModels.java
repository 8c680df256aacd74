package dev.tollgate.application.relay;

/** Learns which models callers with a valid key ask for that have no price; must not block. */
public interface UnpricedModels {
    /** @param model as it was asked for: any text */
    void asked(String model);
}
