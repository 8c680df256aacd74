package dev.tollgate.bootstrap.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.GivenClock;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.bootstrap.server.World;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a key may be used for: each field with a value that lets a call through and one that does not, in every dialect. */
class AccessTableTest {
    private static final String MODEL = "open-model";
    private static final int SERVED = 200;
    private static final int UNPAID = 402;
    private static final Duration NEWS_WITHIN = Duration.ofSeconds(20);
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final GivenClock CLOCK = new GivenClock();

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer(settings());

    private static HoldingUpstream upstream;

    /** A field of a key, what it is to let a call through, and what to refuse it. */
    record Access(String name, Refusal refusal, Object open, Object closed) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Access> FIELDS = List.of(
            new Access("expires_at", Refusal.KEY, "2026-12-31T00:00:00Z", "2026-11-20T09:59:59Z"),
            new Access("status", Refusal.KEY, "active", "disabled"),
            new Access("allowed_models", Refusal.MODEL, List.of("gpt-*", "open-*"), List.of("gpt-*", "open")),
            new Access("blocked_models", Refusal.MODEL, List.of("open", "*-models"), List.of("*-model")),
            new Access("allowed_platforms", Refusal.MODEL, List.of("claude", "openai"), List.of("claude")),
            new Access(
                    "allowed_ips",
                    Refusal.ADDRESS,
                    List.of("192.0.2.0/24", "127.0.0.0/8"),
                    List.of("192.0.2.0/24", "::/0")));

    private static Map<String, Object> settings() {
        CLOCK.set(START);
        Map<String, Object> settings = new HashMap<>(CLOCK.setting());
        settings.put("tollgate.auth.access-token-ttl", "7d");
        return settings;
    }

    @BeforeAll
    static void serve() throws IOException {
        upstream = new HoldingUpstream();
        World world = SERVER.world();
        world.account("openai", upstream.uri(), Map.of());
        world.model(MODEL, "openai", "0", "100");
        String penniless = world.key(world.user("poor", "0"), Map.of());
        Eventually.holds("the model is served", NEWS_WITHIN, () -> status(penniless) == UNPAID);
    }

    @AfterAll
    static void stop() {
        upstream.close();
    }

    static Stream<Arguments> rows() {
        return FIELDS.stream().flatMap(access -> Arrays.stream(Wire.values()).map(wire -> Arguments.of(access, wire)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("rows")
    void opens_for_what_it_names_and_for_nothing_else(Access access, Wire wire) {
        long user = SERVER.world().user(access + "-" + wire, "1");
        HttpResponse<byte[]> open =
                wire.call(SERVER.uri(), SERVER.world().key(user, Map.of(access.name(), access.open())), MODEL);
        assertThat(open.statusCode()).isEqualTo(SERVED);

        HttpResponse<byte[]> closed =
                wire.call(SERVER.uri(), SERVER.world().key(user, Map.of(access.name(), access.closed())), MODEL);
        assertThat(wire.refused(closed, access.refusal())).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("wires")
    void is_closed_to_a_user_who_is_disabled(Wire wire) {
        long user = SERVER.world().user("leaver-" + wire, "1");
        String key = SERVER.world().key(user, Map.of());
        assertThat(status(key)).isEqualTo(SERVED);
        SERVER.admin().put("/api/admin/users/" + user, Map.of("status", "disabled"));

        assertThat(wire.refused(wire.call(SERVER.uri(), key, MODEL), Refusal.KEY))
                .contains("disabled");
    }

    static Stream<Wire> wires() {
        return Arrays.stream(Wire.values());
    }

    /** A key's groups stand in place of its user's. */
    @Test
    void reaches_only_the_accounts_of_its_groups() {
        World world = SERVER.world();
        long group = world.admin()
                .post("/api/admin/account-groups", Map.of("name", "closed circle", "platform", "openai"))
                .get("id")
                .asLong();
        long empty = world.admin()
                .post("/api/admin/account-groups", Map.of("name", "nobody", "platform", "openai"))
                .get("id")
                .asLong();
        world.model("grouped", "openai", "0", "100");
        world.account("openai", upstream.uri(), Map.of("name", "of the circle", "group_ids", List.of(group)));
        long user = world.user("of-nobody", "1");
        world.admin().put("/api/admin/users/" + user, Map.of("group_ids", List.of(empty)));
        String usersGroups = world.key(user, Map.of());
        String ownGroups = world.key(user, Map.of("group_ids", List.of(group)));

        Eventually.holds("the circle is known", NEWS_WITHIN, () -> status(ownGroups) == SERVED);
        HttpResponse<byte[]> refused = Wire.CHAT.call(SERVER.uri(), usersGroups, MODEL);
        assertThat(Wire.CHAT.refused(refused, Refusal.ACCOUNT)).contains("No upstream account");
    }

    @Test
    void ends_so_many_days_after_its_first_use() throws Exception {
        long user = SERVER.world().user("trial", "1");
        String unused = SERVER.world().key(user, Map.of("expires_after_days", 1));
        String used = SERVER.world().key(user, Map.of("expires_after_days", 1));
        Instant firstUse = CLOCK.instant();
        assertThat(status(used)).isEqualTo(SERVED);
        Eventually.holds("its first use is known", NEWS_WITHIN, () -> firstUses(user) == 1);

        CLOCK.set(firstUse.plus(Duration.ofHours(23)));
        Eventually.holds("a day is not over", NEWS_WITHIN, () -> status(used) == SERVED);
        CLOCK.set(firstUse.plus(Duration.ofHours(24)).plusSeconds(60));
        Eventually.holds("a day is over", NEWS_WITHIN, () -> status(used) == 401);
        Eventually.holds("another's has not begun", NEWS_WITHIN, () -> status(unused) == SERVED);
    }

    private static long firstUses(long user) {
        var page = SERVER.admin().get("/api/admin/users/" + user + "/api-keys");
        return page.findValues("first_used_at").stream()
                .filter(node -> !node.isNull())
                .count();
    }

    private static int status(String key) {
        return Wire.CHAT.call(SERVER.uri(), key, MODEL).statusCode();
    }
}
