package dev.tollgate.bootstrap.crash;

import dev.tollgate.bootstrap.server.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The models that are called, with their prices, and the upstream accounts that serve them. */
record Accounts(List<Long> ids) {
    private static final BigDecimal PER_MILLION = new BigDecimal("0.000001");
    private static final int NANOS = 9;
    private static final String INPUT_PRICE = "1.25";
    private static final String OUTPUT_PRICE = "10.7";

    static Accounts in(World world, URI upstream, Load load) {
        for (Wish.Family family : Wish.Family.values()) {
            String platform = family.name().toLowerCase(Locale.ROOT);
            world.model("steady-" + platform, platform, INPUT_PRICE, OUTPUT_PRICE);
            world.model("shaky-" + platform, platform, INPUT_PRICE, OUTPUT_PRICE);
        }
        return new Accounts(List.of(
                account(world, "openai", upstream.resolve("/v1"), "steady", 1, 0),
                account(world, "claude", upstream, "steady", 1, 0),
                account(world, "openai", upstream.resolve("/v1"), "shaky", 1, load.shakySlots()),
                account(world, "openai", upstream.resolve("/v1"), "shaky", 2, load.shakySlots()),
                account(world, "claude", upstream, "shaky", 1, load.shakySlots())));
    }

    private static long account(World world, String type, URI at, String models, int number, int slots) {
        return world.account(
                type,
                at,
                Map.of(
                        "name",
                        models + "-" + type + "-" + number,
                        "allowed_models",
                        List.of(models + "-" + type),
                        "max_concurrency",
                        slots));
    }

    /** What so many tokens cost, in dollars, rounded once. */
    static BigDecimal price(long input, long output) {
        return new BigDecimal(INPUT_PRICE)
                .multiply(BigDecimal.valueOf(input))
                .add(new BigDecimal(OUTPUT_PRICE).multiply(BigDecimal.valueOf(output)))
                .multiply(PER_MILLION)
                .setScale(NANOS, RoundingMode.HALF_EVEN);
    }
}
