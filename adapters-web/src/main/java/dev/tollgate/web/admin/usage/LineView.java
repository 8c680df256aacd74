package dev.tollgate.web.admin.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.pricing.LineItem;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a charge, in dollars: so many of a class at a price each; then the multiplier's and the rounding's effect.
 *
 * @param unitPrice of one token or piece, before the multiplier
 */
@Serdeable
public record LineView(
        @JsonProperty("class") String itemClass,
        @Nullable String model,
        @Nullable Long quantity,
        @JsonProperty("unit_price") @Nullable String unitPrice,
        @Nullable String multiplier,
        String amount) {
    static List<LineView> of(Charge charge) {
        List<LineView> lines = new ArrayList<>();
        for (LineItem item : charge.breakdown().items()) {
            lines.add(new LineView(
                    item.itemClass(),
                    item.model(),
                    item.quantity(),
                    item.unitPrice().text(),
                    null,
                    item.amount().text()));
        }
        String factor = charge.multiplier().text();
        lines.add(new LineView("multiplier", null, null, null, factor, plain(charge.multiplierAmount())));
        lines.add(new LineView("rounding", null, null, null, null, plain(charge.roundingAmount())));
        return lines;
    }

    private static String plain(BigDecimal dollars) {
        return dollars.signum() == 0 ? "0" : dollars.stripTrailingZeros().toPlainString();
    }
}
