package dev.tollgate.domain.relay;

import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.PriceVersionId;

/**
 * What a call asked for and at which price.
 *
 * @param dialect {@code chat}, {@code messages}, … as the record shows it
 * @param requestedModel the name as the caller wrote it
 * @param model the name it was looked up as: the customer's price is this model's
 * @param platform that model's family
 */
public record Asked(
        String dialect,
        String requestedModel,
        String model,
        String platform,
        boolean stream,
        PriceVersionId priceVersion,
        Multiplier multiplier) {}
