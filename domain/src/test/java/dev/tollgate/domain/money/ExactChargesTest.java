package dev.tollgate.domain.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goal M2: a charge is the exact rational result, rounded once. */
class ExactChargesTest {
    private static final int DRAWS = 10_000_000;
    private static final long SEED = 20_261_121L;
    private static final long TOKENS_MAX = 100_000_000L;
    private static final int CLASSES = 4;
    private static final long[] SPECIAL_TOKENS = {0, 1, 2, 999, 1_000, TOKENS_MAX - 1, TOKENS_MAX};
    private static final long[] SPECIAL_PRICES = {0, 1, 37_500, 500_000, 999_999, 3_000_000, TokenPrice.PICOS_MAX};
    private static final long[] SPECIAL_FACTORS = {0, 1, 5_000, 10_000, 10_001, 15_000, 9_999_999, 10_000_000};

    @Test
    void a_charge_is_what_exact_decimals_say_in_every_draw() {
        SplittableRandom random = new SplittableRandom(SEED);
        long mismatches = 0;
        for (int i = 0; i < DRAWS; i++) {
            mismatches += isCharged(random) ? 0 : 1;
        }
        assertThat(mismatches).isZero();
    }

    /** One call of four classes, at a multiplier of at most four decimals, against decimal dollars. */
    private static boolean isCharged(SplittableRandom random) {
        Cost cost = Cost.ZERO;
        BigDecimal dollars = BigDecimal.ZERO;
        for (int i = 0; i < CLASSES; i++) {
            long tokens = draw(random, SPECIAL_TOKENS, TOKENS_MAX);
            long price = draw(random, SPECIAL_PRICES, TokenPrice.PICOS_MAX);
            cost = cost.plus(new TokenPrice(price).of(tokens));
            dollars = dollars.add(BigDecimal.valueOf(tokens).multiply(BigDecimal.valueOf(price, 12)));
        }
        long factor = draw(random, SPECIAL_FACTORS, 10_000_000L);
        BigDecimal expected = dollars.multiply(BigDecimal.valueOf(factor, 4)).setScale(9, RoundingMode.HALF_EVEN);
        Multiplier multiplier = new Multiplier(factor * 100_000_000L);
        return cost.charged(multiplier).nanos() == expected.unscaledValue().longValueExact();
    }

    @Test
    void every_price_of_six_decimals_times_every_factor_of_four_is_exact_or_refused() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 300_000; i++) {
            long millionths = draw(random, SPECIAL_PRICES, TokenPrice.PICOS_MAX);
            long tenThousandths = draw(random, SPECIAL_FACTORS, 10_000_000L);
            BigDecimal price = BigDecimal.valueOf(millionths, 6);
            BigDecimal product = price.multiply(BigDecimal.valueOf(tenThousandths, 4));
            boolean fits = product.compareTo(BigDecimal.valueOf(10_000)) <= 0
                    && product.stripTrailingZeros().scale() <= 6;
            TokenPrice entered = TokenPrice.ofDollarsPerMillion(price);
            TokenPrice times = timesOrNull(entered, new Multiplier(tenThousandths * 100_000_000L));
            boolean right = fits ? times != null && times.dollarsPerMillion().compareTo(product) == 0 : times == null;
            if (!right) {
                throw new AssertionError(price + " times " + tenThousandths + "/10000 became " + times);
            }
        }
    }

    private static @Nullable TokenPrice timesOrNull(TokenPrice price, Multiplier factor) {
        try {
            return price.times(factor);
        } catch (ArithmeticException | IllegalArgumentException refused) {
            return null;
        }
    }

    /** One draw in eight is an edge; the others spread over all orders of magnitude. */
    private static long draw(SplittableRandom random, long[] special, long max) {
        return random.nextInt(8) == 0
                ? special[random.nextInt(special.length)]
                : random.nextLong(max + 1) >>> random.nextInt(34);
    }
}
