package dev.tollgate.persistence.codec;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.pricing.CostBreakdown;
import dev.tollgate.domain.pricing.LineItem;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.relay.Asked;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Caller;
import dev.tollgate.domain.relay.Hold;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.relay.Timing;
import dev.tollgate.domain.relay.UsageSource;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Reads what {@link UsageWriter} wrote. */
final class UsageReader {
    private UsageReader() {}

    static Settlement settlement(JsonObject json) {
        return new Settlement(
                ticket(json.object("ticket")),
                constant(CallStatus.class, json.text("status")),
                Math.toIntExact(json.number("http")),
                constant(UsageSource.class, json.text("source")),
                usage(json.object("usage")),
                new Charge(new CostBreakdown(lineItems(json.objects("items"))), multiplier(json)),
                attempts(json),
                new Timing(json.number("latency"), json.numberOrNull("first_token")),
                new TreeSet<>(json.texts("flags")));
    }

    static Ticket ticket(JsonObject json) {
        return new Ticket(
                RequestId.of(json.text("id")),
                new Caller(
                        new UserId(json.number("user")),
                        new ApiKeyId(json.number("key")),
                        json.textOrNull("ip"),
                        json.textOrNull("agent")),
                asked(json),
                new Hold(
                        payer(json),
                        constant(SpendMode.class, json.text("mode")),
                        Money.ofNanos(json.number("hold")),
                        json.flag("clamped")),
                WindowsText.read(json.text("windows")),
                json.textOrNull("idempotency"));
    }

    private static Asked asked(JsonObject json) {
        return new Asked(
                json.text("dialect"),
                json.text("asked"),
                json.text("model"),
                json.text("platform"),
                json.flag("stream"),
                new PriceVersionId(json.number("price")),
                multiplier(json));
    }

    private static Payer payer(JsonObject json) {
        Long held = json.numberOrNull("package");
        if (held != null) {
            return new Payer.OfPackage(new UserPackageId(held));
        }
        Long credit = json.numberOrNull("credit");
        return credit == null ? new Payer.Metered() : new Payer.OfCredit(new UserId(credit));
    }

    static Progress progress(JsonObject json) {
        return new Progress(RequestId.of(json.text("id")), tokens(json), json.flag("answered"), attempts(json));
    }

    private static List<AttemptRecord> attempts(JsonObject json) {
        return json.objects("attempts").stream().map(UsageReader::attempt).toList();
    }

    private static AttemptRecord attempt(JsonObject json) {
        Long status = json.numberOrNull("http");
        return new AttemptRecord(
                Math.toIntExact(json.number("number")),
                new AccountId(json.number("account")),
                AccountType.of(json.text("type")).orElseThrow(),
                json.text("model"),
                Instant.ofEpochMilli(json.number("from")),
                Instant.ofEpochMilli(json.number("to")),
                status == null ? null : (Integer) Math.toIntExact(status),
                json.textOrNull("failure"),
                tokens(json),
                Cost.ofPicos(json.number("cost")));
    }

    static Usage usage(JsonObject json) {
        List<UsagePart> parts = json.objects("parts").stream()
                .map(part -> new UsagePart(part.textOrNull("model"), tokens(part)))
                .toList();
        UnitUsage units = new UnitUsage(
                json.numbersByName("tools"),
                json.numbersByName("images"),
                json.numberOrZero("seconds"),
                json.numberOrZero("characters"));
        Served served = new Served(json.textOrNull("tier"), json.textOrNull("speed"), json.textOrNull("geo"));
        return new Usage(parts, units, served);
    }

    private static TokenUsage tokens(JsonObject json) {
        Map<TokenClass, Long> counts = new EnumMap<>(TokenClass.class);
        json.numbersByName("tokens").forEach((name, count) -> counts.put(constant(TokenClass.class, name), count));
        return new TokenUsage(counts);
    }

    static List<LineItem> lineItems(List<JsonObject> items) {
        return items.stream()
                .map(item -> new LineItem(
                        item.text("class"),
                        item.textOrNull("model"),
                        item.number("quantity"),
                        Cost.ofPicos(item.number("unit_price"))))
                .toList();
    }

    private static Multiplier multiplier(JsonObject json) {
        return new Multiplier(json.number("multiplier"));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
