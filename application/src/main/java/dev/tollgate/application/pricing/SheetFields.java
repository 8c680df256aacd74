package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.pricing.LongContext;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.TokenRates;
import dev.tollgate.domain.pricing.UnitPrices;
import dev.tollgate.domain.usage.TokenClass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Price sheets to fields and back. Token prices are decimal strings in dollars per million, prices by the piece in
 * dollars, factors plain decimals; nothing is rounded on the way.
 */
public final class SheetFields {
    private static final String LONG_CONTEXT = "long_context";
    private static final String THRESHOLD = "threshold";

    private SheetFields() {}

    /** The field of a token class: {@code input_price}, {@code cache_write_5m_price}, … */
    public static String priceOf(TokenClass tokenClass) {
        return tokenClass.name().toLowerCase(Locale.ROOT) + "_price";
    }

    public static Fields of(PriceSheet sheet) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (TokenClass tokenClass : TokenClass.values()) {
            fields.put(priceOf(tokenClass), price(sheet.rates().given(), tokenClass));
        }
        UnitPrices units = sheet.units();
        fields.put("image_prices", texts(units.images(), Cost::text));
        fields.put("per_request_price", orNull(units.perRequest()));
        fields.put("per_second_price", orNull(units.perSecond()));
        fields.put("per_character_price", orNull(units.perCharacter()));
        fields.put("tool_prices", texts(units.tools(), Cost::text));
        fields.put(LONG_CONTEXT, sheet.longContext() == null ? null : above(sheet.longContext()));
        fields.put("tiers", texts(sheet.tiers(), Multiplier::text));
        fields.put("geo", texts(sheet.geo(), Multiplier::text));
        return new Fields(fields);
    }

    /** A sheet that was written by {@link #of}. */
    public static PriceSheet read(Fields fields) {
        List<FieldError> errors = new ArrayList<>();
        PriceSheet sheet = read(new FieldReader(fields, errors), errors);
        if (sheet == null || !errors.isEmpty()) {
            throw new IllegalArgumentException("not a price sheet: " + errors);
        }
        return sheet;
    }

    /** Reads a sheet where there are no errors yet; null if there are any then. */
    static @Nullable PriceSheet read(FieldReader reader, List<FieldError> errors) {
        Map<TokenClass, TokenPrice> rates = prices(reader);
        UnitPrices units = new UnitPrices(
                piece(reader, "per_request_price", UnitPrices.REQUEST_MAX),
                piece(reader, "per_second_price", UnitPrices.PIECE_MAX),
                piece(reader, "per_character_price", UnitPrices.CHARACTER_MAX),
                reader.decimals("tool_prices", dollars -> costUpTo(UnitPrices.PIECE_MAX, dollars)),
                reader.decimals("image_prices", dollars -> costUpTo(UnitPrices.PIECE_MAX, dollars)));
        LongContext longContext = longContext(reader.object(LONG_CONTEXT));
        Map<String, Multiplier> tiers = reader.decimals("tiers", Multiplier::of);
        Map<String, Multiplier> geo = reader.decimals("geo", Multiplier::of);
        if (!errors.isEmpty()) {
            return null;
        }
        requireTokenPrices(reader, rates, units);
        return errors.isEmpty() ? exact(reader, new TokenRates(rates), longContext, tiers, geo, units) : null;
    }

    private static @Nullable PriceSheet exact(
            FieldReader reader,
            TokenRates rates,
            @Nullable LongContext longContext,
            Map<String, Multiplier> tiers,
            Map<String, Multiplier> geo,
            UnitPrices units) {
        try {
            return new PriceSheet(rates, longContext, tiers, geo, units);
        } catch (ArithmeticException | IllegalArgumentException inexact) {
            reader.refuse(
                    "tiers",
                    "with geo makes a price out of range or finer than a pico-dollar: " + inexact.getMessage());
            return null;
        }
    }

    /** What is sold by the piece alone may leave out token prices: they are free. Nothing else may forget one. */
    private static void requireTokenPrices(FieldReader reader, Map<TokenClass, TokenPrice> rates, UnitPrices units) {
        boolean byThePiece = !units.perRequest().isZero()
                || !units.perSecond().isZero()
                || !units.perCharacter().isZero()
                || !units.images().isEmpty();
        for (TokenClass tokenClass : List.of(TokenClass.INPUT, TokenClass.OUTPUT)) {
            if (!rates.containsKey(tokenClass)) {
                if (byThePiece) {
                    rates.put(tokenClass, TokenPrice.FREE);
                } else {
                    reader.refuse(priceOf(tokenClass), "must be given; \"0\" is free");
                }
            }
        }
    }

    private static Map<TokenClass, TokenPrice> prices(FieldReader reader) {
        Map<TokenClass, TokenPrice> prices = new EnumMap<>(TokenClass.class);
        for (TokenClass tokenClass : TokenClass.values()) {
            TokenPrice price = reader.decimal(priceOf(tokenClass), TokenPrice::ofDollarsPerMillion);
            if (price != null) {
                prices.put(tokenClass, price);
            }
        }
        return prices;
    }

    private static @Nullable LongContext longContext(@Nullable FieldReader reader) {
        if (reader == null) {
            return null;
        }
        Long threshold = reader.count(THRESHOLD);
        Map<TokenClass, TokenPrice> prices = prices(reader);
        reader.refuseOthers();
        if (threshold == null) {
            reader.refuse(THRESHOLD, "must be given");
            return null;
        }
        return new LongContext(threshold, prices);
    }

    private static Cost piece(FieldReader reader, String name, Cost most) {
        Cost price = reader.decimal(name, dollars -> costUpTo(most, dollars));
        return price == null ? Cost.ZERO : price;
    }

    private static Cost costUpTo(Cost most, BigDecimal dollars) {
        Cost cost = Cost.ofDollars(dollars);
        if (cost.compareTo(most) > 0) {
            throw new IllegalArgumentException("must be at most " + most.text());
        }
        return cost;
    }

    private static Map<String, @Nullable Object> above(LongContext longContext) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(THRESHOLD, longContext.threshold());
        for (TokenClass tokenClass : TokenClass.values()) {
            String price = price(longContext.prices(), tokenClass);
            if (price != null) {
                fields.put(priceOf(tokenClass), price);
            }
        }
        return fields;
    }

    private static @Nullable String price(Map<TokenClass, TokenPrice> prices, TokenClass tokenClass) {
        TokenPrice price = prices.get(tokenClass);
        return price == null ? null : price.text();
    }

    private static @Nullable String orNull(Cost price) {
        return price.isZero() ? null : price.text();
    }

    private static <T> Map<String, String> texts(Map<String, T> values, Function<T, String> text) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> texts.put(name, text.apply(value)));
        return texts;
    }
}
