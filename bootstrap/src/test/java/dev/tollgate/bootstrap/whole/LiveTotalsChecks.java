package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.usage.Totals;
import dev.tollgate.application.usage.UsageQueries;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.money.Money;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Statistics of a whole gateway while its drainer stands still, and after it has caught up. */
abstract class LiveTotalsChecks {
    private static final String MODEL = "gpt-4o-mini";
    private static final Duration SOON = Duration.ofSeconds(20);

    abstract WholeServer server();

    @Test
    void figures_have_a_call_at_once_and_are_the_records_sums_to_the_nano() {
        long account = server().admin()
                .post("/api/admin/accounts", Map.of("name", "sim", "type", "simulated", "credentials", Map.of()))
                .get("id")
                .asLong();
        long user = server().world().user("ann", "10");
        Caller caller = new Caller(server().uri(), server().world().key(user, Map.of("name", "laptop")));
        server().admin().put("/api/admin/configs", Map.of("sync.enabled", false));
        try {
            Eventually.holds(
                    "the account's totals are live",
                    SOON,
                    () -> stats(account).at("/freshness/source").asText().equals("live"));
            BigDecimal first = served(caller);
            tells(account, 1, first);
            Eventually.holds(
                    "the user's totals are live",
                    SOON,
                    () -> figure(user, "request_count").equals("1"));
            BigDecimal both = first.add(served(caller));

            assertThat(server().world().records()).isEmpty();
            tells(account, 2, both);
            assertThat(figure(user, "request_count")).isEqualTo("2");
            assertThat(new BigDecimal(figure(user, "total_cost"))).isEqualByComparingTo(both);
            JsonNode today = server().admin().get("/api/admin/monitor").get("today");
            assertThat(today.at("/totals/requests").asLong()).isEqualTo(2);
            assertThat(today.get("source").asText()).isEqualTo("live");
        } finally {
            server().admin().put("/api/admin/configs", Map.of("sync.enabled", true));
        }
        server().audit();
        Totals recorded = server().bean(UsageQueries.class).accounts().get(new AccountId(account));
        JsonNode total = stats(account).get("total");
        assertThat(total.get("requests").asLong())
                .isEqualTo(recorded.requests())
                .isEqualTo(2);
        assertThat(total.get("tokens").asLong()).isEqualTo(recorded.tokens());
        assertThat(Money.ofDollars(total.get("cost").asText())).isEqualTo(recorded.cost());
        assertThat(stats(account).at("/freshness/source").asText()).isEqualTo("live");
    }

    private void tells(long account, long requests, BigDecimal cost) {
        JsonNode stats = stats(account);
        for (String period : new String[] {"daily", "monthly", "total"}) {
            assertThat(stats.get(period).get("requests").asLong()).as(period).isEqualTo(requests);
            assertThat(new BigDecimal(stats.get(period).get("cost").asText()))
                    .as(period)
                    .isEqualByComparingTo(cost);
        }
        assertThat(stats.at("/freshness/source").asText()).isEqualTo("live");
        JsonNode shown = server().admin().get("/api/admin/accounts/" + account);
        assertThat(new BigDecimal(shown.get("total_cost").asText())).isEqualByComparingTo(cost);
        assertThat(shown.get("request_count").asLong()).isEqualTo(requests);
    }

    private JsonNode stats(long account) {
        return server().admin().get("/admin/accounts/" + account + "/usage-stats?time_zone=UTC");
    }

    private String figure(long user, String name) {
        return server().admin().get("/api/admin/users/" + user).get(name).asText();
    }

    /** What a call cost; one that is refused because a busy machine's store was slow leaves nothing behind. */
    private static BigDecimal served(Caller caller) {
        AtomicReference<HttpResponse<byte[]>> answer = new AtomicReference<>();
        Eventually.holds("a call is served", SOON, () -> {
            answer.set(caller.call(Dialect.CHAT, Caller.request(MODEL, false)));
            return answer.get().statusCode() == 200;
        });
        return new BigDecimal(
                answer.get().headers().firstValue("x-tollgate-cost").orElseThrow());
    }
}
