package dev.tollgate.web.admin.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.apikey.KeyDigests;
import dev.tollgate.application.apikey.KeyExamples;
import dev.tollgate.application.entitlement.Examples;
import dev.tollgate.application.entitlement.InMemoryCreditLedger;
import dev.tollgate.application.entitlement.InMemoryPackages;
import dev.tollgate.application.entitlement.InMemoryRedeemCodes;
import dev.tollgate.application.entitlement.InMemoryUserPackages;
import dev.tollgate.application.entitlement.ManageRedeemCodesService;
import dev.tollgate.application.entitlement.RedeemService;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.OperationLog;
import dev.tollgate.application.identity.TimeOrderedIds;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.web.admin.Answer;
import dev.tollgate.web.admin.SignedIn;
import dev.tollgate.web.admin.TestServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedeemApiTest {
    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");
    private static final SignedIn ADMIN = TestServer.ADMIN;
    private static final SignedIn USER = TestServer.USER;
    private static final String CODES = "/api/admin/redeem-codes";
    private static final String REDEEM = "/api/redeem";

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final InstantSource clock = now::get;
    private final Ids ids = new TimeOrderedIds(clock, ThreadLocalRandom.current()::nextInt);
    private final InMemoryPackages packages = new InMemoryPackages();
    private final InMemoryRedeemCodes codes = new InMemoryRedeemCodes();
    private final KeyDigests digests = new KeyExamples.PlainDigests();
    private final TestServer server = TestServer.start(
            clock,
            new ManageRedeemCodesService(codes, packages, digests, ids, clock),
            new RedeemService(
                    codes, new InMemoryCreditLedger(), new InMemoryUserPackages(), packages, digests, ids, clock));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void codes_are_told_once_and_then_only_their_ends() {
        Answer made = server.post(
                ADMIN,
                CODES,
                "{\"count\":3,\"value\":\"2.5\",\"name\":\"Fair\",\"expires_at\":\"2026-04-01T00:00:00+08:00\"}");

        assertThat(made.status()).isEqualTo(200);
        assertThat(made.data()).containsEntry("count", 3).containsKey("batch_id");
        assertThat(made.items()).extracting(item -> item.get("code")).doesNotHaveDuplicates();
        String text = text(made);
        Map<String, Object> shown = server.get(
                        ADMIN, CODES + "/" + made.items().getFirst().get("id"))
                .data();
        assertThat(shown)
                .containsEntry("code", null)
                .containsEntry("code_prefix", text.substring(0, 5))
                .containsEntry("last4", text.substring(text.length() - 4))
                .containsEntry("type", "credit")
                .containsEntry("value", "2.5")
                .containsEntry("package_id", null)
                .containsEntry("name", "Fair")
                .containsEntry("status", "unused")
                .containsEntry("expires_at", "2026-03-31T16:00:00Z")
                .containsEntry("created_by", 1)
                .containsEntry("used_by", null);
        assertThat(server.get(ADMIN, CODES + "?batch_id=" + made.data().get("batch_id"))
                        .items())
                .hasSize(3)
                .contains(shown);
        assertThat(server.get(ADMIN, CODES + "?search=" + text.replace("-", "%20"))
                        .items())
                .containsExactly(shown);
        assertThat(server.bean(OperationLog.class).list(null, 9))
                .singleElement()
                .satisfies(logged -> assertThat(logged.after())
                        .contains("Fair", "\"count\":3", "\"value\":\"2.5\"")
                        .containsOnlyOnce("last4")
                        .doesNotContain(text));
    }

    @Test
    void a_redeemed_code_shows_who_used_it_and_stays() {
        Answer made = server.post(ADMIN, CODES, "{\"value\":\"2.5\"}");
        String path = CODES + "/" + made.items().getFirst().get("id");

        Answer got = redeem(text(made));

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.data())
                .containsEntry("type", "credit")
                .containsEntry("value", "2.5")
                .containsEntry("user_package", null)
                .containsEntry("redeemed_at", "2026-03-04T05:06:07Z");
        assertThat(server.get(ADMIN, path).data())
                .containsEntry("status", "used")
                .containsEntry("used_by", 2)
                .containsEntry("used_at", "2026-03-04T05:06:07Z");
        assertThat(server.get(ADMIN, CODES + "?status=used").items()).hasSize(1);
        assertThat(server.get(ADMIN, CODES + "?status=unused").items()).isEmpty();
        assertThat(redeem(text(made)).status()).isEqualTo(409);
        assertThat(server.put(ADMIN, path, "{\"status\":\"disabled\"}").status())
                .isEqualTo(409);
        assertThat(server.delete(ADMIN, path).status()).isEqualTo(409);
    }

    @Test
    void a_code_for_a_package_answers_the_package() {
        packages.add(Examples.subscription(7));
        Answer made = server.post(ADMIN, CODES, "{\"package_id\":7}");
        assertThat(made.items().getFirst()).containsEntry("type", "package").containsEntry("package_id", 7);

        Answer got = redeem(text(made));

        assertThat(got.data()).containsEntry("type", "package").containsEntry("value", null);
        assertThat(got.data().get("user_package"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("user_id", 2)
                .containsEntry("status", "active");
    }

    @Test
    void a_code_that_cannot_be_redeemed_says_why() {
        packages.add(Examples.quota(7));
        Answer gone = server.post(ADMIN, CODES, "{\"package_id\":7}");
        assertThat(packages.remove(new PackageId(7))).isTrue();
        Answer expiring = server.post(ADMIN, CODES, "{\"value\":1,\"expires_at\":\"2026-03-05T00:00:00Z\"}");
        Answer disabled = server.post(ADMIN, CODES, "{\"value\":1}");
        Object id = disabled.items().getFirst().get("id");
        assertThat(server.put(ADMIN, CODES + "/" + id, "{\"status\":\"disabled\",\"name\":\"stolen\"}")
                        .data())
                .containsEntry("status", "disabled")
                .containsEntry("name", "stolen");
        now.set(Instant.parse("2026-03-05T00:00:00Z"));

        assertThat(redeem(text(gone)).status()).isEqualTo(410);
        assertThat(redeem(text(expiring)).status()).isEqualTo(410);
        assertThat(redeem(text(disabled)).status()).isEqualTo(410);
        assertThat(redeem("no such code").status()).isEqualTo(404);
        assertThat(server.post(USER, REDEEM, "{}").wrongFields()).containsExactly("code");
        assertThat(server.post(null, REDEEM, "{\"code\":\"x\"}").status()).isEqualTo(401);
        assertThat(server.delete(ADMIN, CODES + "/" + id).status()).isEqualTo(200);
        assertThat(redeem(text(disabled)).status()).isEqualTo(404);
    }

    @Test
    void guessing_is_stopped_and_says_for_how_long() {
        for (int i = 0; i < 10; i++) {
            assertThat(redeem("guess " + i).status()).isEqualTo(404);
        }

        Answer stopped = redeem("guess 11");

        assertThat(stopped.status()).isEqualTo(429);
        assertThat(stopped.headers().get("retry-after")).containsExactly("901");
    }

    @Test
    void a_batch_that_makes_no_sense_is_refused_field_by_field() {
        packages.add(Examples.withdrawn(Examples.quota(8)));

        assertThat(wrong("{\"count\":1001,\"value\":1}")).containsExactly("count");
        assertThat(wrong("{\"count\":0,\"value\":1}")).containsExactly("count");
        assertThat(wrong("{}")).containsExactly("value");
        assertThat(wrong("{\"value\":0}")).containsExactly("value");
        assertThat(wrong("{\"value\":\"-1\"}")).contains("value");
        assertThat(wrong("{\"value\":1,\"package_id\":7}")).containsExactly("value");
        assertThat(wrong("{\"package_id\":7}")).containsExactly("package_id");
        assertThat(wrong("{\"value\":1,\"expires_at\":\"2026-03-04T05:06:07Z\"}"))
                .containsExactly("expires_at");
        assertThat(wrong("{\"value\":1,\"code\":\"MINE\"}")).containsExactly("code");
        assertThat(server.post(ADMIN, CODES, "{\"package_id\":8}").status()).isEqualTo(409);
        assertThat(server.get(ADMIN, CODES + "?status=gone").status()).isEqualTo(400);
        assertThat(server.get(ADMIN, CODES + "/1").status()).isEqualTo(404);
        assertThat(server.get(USER, CODES).status()).isEqualTo(403);
    }

    private List<String> wrong(String body) {
        return server.post(ADMIN, CODES, body).wrongFields();
    }

    private Answer redeem(String code) {
        return server.post(USER, REDEEM, "{\"code\":\"" + code + "\"}");
    }

    private static String text(Answer made) {
        return String.valueOf(made.items().getFirst().get("code"));
    }
}
