package dev.tollgate.domain.pricing;

/** A model of the price list with every version of its prices. */
public record PricedModel(Model model, PriceHistory history) {}
