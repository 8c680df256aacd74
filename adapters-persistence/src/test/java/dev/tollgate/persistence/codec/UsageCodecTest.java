package dev.tollgate.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.usage.Calls;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
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
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.relay.Timing;
import dev.tollgate.domain.relay.UsageSource;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UsageCodecTest {
    private static final Ticket EVERYTHING = new Ticket(
            Calls.id(),
            new Caller(new UserId(7), new ApiKeyId(9), "2001:db8::1", "agent \"quoted\" ü"),
            new Asked("messages", "as asked", "model-a", "claude", true, new PriceVersionId(5), Multiplier.of("1.25")),
            new Hold(new Payer.OfCredit(new UserId(7)), SpendMode.SLICED, Money.ofNanos(77), true),
            Calls.ticket(Calls.id(), Money.ZERO).windows(),
            "digest");
    private static final Ticket NOTHING = new Ticket(
            Calls.id(),
            new Caller(new UserId(7), new ApiKeyId(9), null, null),
            new Asked("chat", "a", "a", "openai", false, new PriceVersionId(5), Multiplier.ONE),
            new Hold(new Payer.Metered(), SpendMode.STRICT, Money.ZERO, false),
            List.of(new SubjectWindows(Calls.PACKAGE, List.of())));

    @Test
    void reads_a_ticket_as_it_was_written() {
        assertThat(UsageCodec.ticket(UsageCodec.write(EVERYTHING))).isEqualTo(EVERYTHING);
        assertThat(UsageCodec.ticket(UsageCodec.write(NOTHING))).isEqualTo(NOTHING);
    }

    @Test
    void reads_progress_as_it_was_written() {
        Progress progress = Calls.progress(EVERYTHING, 12);

        assertThat(UsageCodec.progress(UsageCodec.write(progress))).isEqualTo(progress);
    }

    @Test
    void reads_a_settlement_as_it_was_written() {
        Settlement settlement = new Settlement(
                EVERYTHING,
                CallStatus.CLIENT_GONE,
                200,
                UsageSource.PARTIAL,
                usage(),
                new Charge(
                        new CostBreakdown(List.of(
                                new LineItem("input", null, 3, Cost.ofPicos(1_500)),
                                new LineItem("tool:web_search", "model-b", 1, Cost.ofPicos(10_000_000_000L)))),
                        Multiplier.of("0.5")),
                List.of(new AttemptRecord(
                        1,
                        new AccountId(3),
                        AccountType.CLAUDE_OAUTH,
                        "sent",
                        Calls.DAY.start(),
                        Calls.DAY.start().plusMillis(7),
                        null,
                        "connect",
                        TokenUsage.NONE,
                        Cost.ZERO)),
                new Timing(15, null),
                new TreeSet<>(List.of("over_hold", "usage_missing")));

        assertThat(UsageCodec.settlement(UsageCodec.write(settlement))).isEqualTo(settlement);
        assertThat(UsageCodec.usage(UsageCodec.text(settlement.usage()))).isEqualTo(settlement.usage());
        List<LineItem> items = settlement.charge().breakdown().items();
        assertThat(UsageCodec.lineItems(UsageCodec.text(items))).isEqualTo(items);
    }

    private static Usage usage() {
        Map<TokenClass, Long> counts = new EnumMap<>(TokenClass.class);
        for (TokenClass tokenClass : TokenClass.values()) {
            counts.put(tokenClass, 100L + counts.size());
        }
        return new Usage(
                List.of(new UsagePart(null, new TokenUsage(counts)), new UsagePart("model-b", TokenUsage.of(1, 2))),
                new UnitUsage(Map.of("web_search", 2L), Map.of("1024x1024/high", 1L), 3, 4),
                new Served("flex", "fast", "us"));
    }

    @Test
    void ignores_members_it_does_not_know() {
        String json = new String(UsageCodec.write(NOTHING), StandardCharsets.UTF_8);
        String later = "{\"later\":[{\"a\":1}]," + json.substring(1);

        assertThat(UsageCodec.ticket(later.getBytes(StandardCharsets.UTF_8))).isEqualTo(NOTHING);
    }

    @Test
    void refuses_what_is_not_a_ticket() {
        assertThatThrownBy(() -> UsageCodec.ticket("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UsageCodec.ticket("{\"id\":".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
