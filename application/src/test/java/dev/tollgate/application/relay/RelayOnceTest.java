package dev.tollgate.application.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.RelayOutcome.Answered;
import dev.tollgate.application.relay.RelayOutcome.Refused;
import dev.tollgate.application.relay.RelayOutcome.Replayed;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.OnePrice;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.apikey.KeyScope;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.usage.Served;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RelayOnceTest {
    private static final String BODY = "{\"hello\":1}";
    private static final Answered CHARGED = answered("hello".getBytes(UTF_8), Money.ofNanos(12));
    private static final Answered UPSTREAMS_REFUSAL = answered("no".getBytes(UTF_8), null);
    private static final Refused OUT_OF_MONEY = Refused.of(CallError.of(CallError.Code.INSUFFICIENT_QUOTA, "Empty."));

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private boolean isOn = true;
    private Duration whole = Duration.ofMinutes(1);
    private boolean isKeyActive = true;
    private Function<RelayCall, RelayOutcome> script = call -> CHARGED;
    private final List<RelayCall> served = new CopyOnWriteArrayList<>();
    private final InMemoryIdempotencyClaims claims = new InMemoryIdempotencyClaims(() -> now);
    private final RelayOnce relay = relay(claims);

    private RelayOnce relay(IdempotencyClaims used) {
        RelaySettings settings = new Settings();
        Entrance entrance = new Entrance(text -> holder(text), new OnePrice(), model -> {}, settings);
        return new RelayOnce(
                (call, client) -> {
                    served.add(call);
                    return script.apply(call);
                },
                entrance,
                used,
                settings);
    }

    @Test
    void calls_without_a_key_are_each_served() {
        assertThat(ask(call(null))).isEqualTo(CHARGED);
        assertThat(ask(call(null))).isEqualTo(CHARGED);
        assertThat(served).hasSize(2).allSatisfy(call -> assertThat(call.once()).isNull());
    }

    @Test
    void the_header_means_nothing_until_the_setting_is_on_nor_to_free_calls() {
        RelayCall free = call("k", BODY, false, true);
        assertThat(ask(free)).isEqualTo(CHARGED);
        assertThat(ask(free)).isEqualTo(CHARGED);
        isOn = false;
        assertThat(ask(call("k"))).isEqualTo(CHARGED);
        assertThat(ask(call(""))).isEqualTo(CHARGED);
        assertThat(served).hasSize(4).allSatisfy(call -> assertThat(call.once()).isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\tb", "schl\u00fcssel", "key\u0000"})
    void a_key_that_cannot_be_read_is_refused_by_its_headers_name(String key) {
        CallError error = error(ask(call(key)));

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.field()).isEqualTo("Idempotency-Key");
        assertThat(error.message()).contains("Idempotency-Key");
        assertThat(served).isEmpty();
    }

    @Test
    void a_key_may_have_255_characters_and_no_more() {
        assertThat(ask(call("k".repeat(255)))).isEqualTo(CHARGED);
        assertThat(error(ask(call("k".repeat(256)))).status()).isEqualTo(400);
    }

    @Test
    void the_same_call_again_is_told_the_same() {
        RelayCall first = call("k");
        assertThat(ask(first)).isEqualTo(CHARGED);

        RelayOutcome again = ask(call("k"));
        assertThat(again).isEqualTo(new Replayed(first.id(), CHARGED));
        assertThat(served).hasSize(1);
        assertThat(served.get(0).once()).isNotNull();
    }

    @Test
    void another_call_under_the_key_is_refused_and_told_the_first() {
        RelayCall first = call("k");
        assertThat(ask(first)).isEqualTo(CHARGED);

        for (RelayCall other : List.of(call("k", "{}", false, false), call("k", BODY, true, false))) {
            RelayOutcome outcome = ask(other);
            assertThat(error(outcome).status()).isEqualTo(422);
            assertNames(outcome, first);
        }
        assertThat(served).hasSize(1);
    }

    @Test
    void users_do_not_meet_in_a_key_but_a_users_keys_do() {
        RelayCall first = call("k");
        assertThat(ask(first)).isEqualTo(CHARGED);

        assertThat(ask(signed(call("k"), "bob"))).isEqualTo(CHARGED);
        assertThat(ask(signed(call("k"), "anns other"))).isEqualTo(new Replayed(first.id(), CHARGED));
    }

    @Test
    void what_was_not_charged_is_tried_anew() {
        for (RelayOutcome outcome : List.of(OUT_OF_MONEY, UPSTREAMS_REFUSAL)) {
            script = call -> outcome;
            assertThat(ask(call("k"))).isEqualTo(outcome);
        }
        script = call -> CHARGED;
        assertThat(ask(call("k", "{\"other\":2}", false, false))).isEqualTo(CHARGED);
        assertThat(served).hasSize(3);
    }

    @Test
    void an_end_nobody_could_write_down_keeps_the_key_until_its_record_is_there() {
        script = call -> new RelayOutcome.Unsettled(OUT_OF_MONEY);
        RelayCall first = call("k");
        assertThat(ask(first)).isInstanceOf(RelayOutcome.Unsettled.class);
        assertStillOpen(ask(call("k")), first);

        claims.record(first.id());
        assertEnded(ask(call("k")), first);
        assertThat(served).hasSize(1);
    }

    @Test
    void a_fault_of_ours_keeps_the_key() {
        script = call -> {
            throw new IllegalStateException("a bug");
        };
        RelayCall first = call("k");
        assertThatThrownBy(() -> ask(first)).hasMessage("a bug");

        assertStillOpen(ask(call("k")), first);
    }

    @Test
    void a_stream_is_not_kept() {
        script = call -> new RelayOutcome.Streamed();
        RelayCall first = call("k", BODY, true, false);
        assertThat(ask(first)).isInstanceOf(RelayOutcome.Streamed.class);

        assertEnded(ask(call("k", BODY, true, false)), first);
    }

    @Test
    void an_answer_above_a_mebibyte_is_not_kept() {
        script = call -> answered(new byte[RelayOnce.KEPT_BYTES_MAX + 1], Money.ZERO);
        RelayCall first = call("k");
        assertThat(ask(first)).isInstanceOf(Answered.class);

        assertEnded(ask(call("k")), first);
    }

    @Test
    void a_key_is_free_again_after_a_day() {
        assertThat(ask(call("k"))).isEqualTo(CHARGED);
        now = now.plus(Duration.ofHours(24)).minusMillis(1);
        assertThat(ask(call("k"))).isInstanceOf(Replayed.class);

        now = now.plusMillis(1);
        assertThat(ask(call("k"))).isEqualTo(CHARGED);
        assertThat(served).hasSize(2);
    }

    @Test
    void who_may_not_call_is_given_no_answer_of_before() {
        assertThat(ask(call("k"))).isEqualTo(CHARGED);
        isKeyActive = false;

        assertThat(error(ask(call("k"))).status()).isEqualTo(401);
    }

    @Test
    void nothing_is_sent_while_nobody_can_tell_whose_the_key_is() {
        RelayOnce away = relay(new AwayClaims());

        CallError error = error(away.relay(call("k"), new SilentClient()));
        assertThat(error.status()).isEqualTo(503);
        assertThat(error.retryAfter()).isNotNull();
        assertThat(served).isEmpty();
    }

    @Test
    void many_at_once_are_one_call_with_one_answer_for_all() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        script = call -> {
            await(answer);
            return CHARGED;
        };
        List<RelayOutcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RelayOutcome>> asking = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                asking.add(threads.submit(() -> ask(call("k"))));
            }
            answer.countDown();
            for (Future<RelayOutcome> asked : asking) {
                outcomes.add(asked.get());
            }
        }
        assertThat(served).hasSize(1);
        assertThat(outcomes).containsOnlyOnce(CHARGED);
        Replayed replayed = new Replayed(served.get(0).id(), CHARGED);
        assertThat(outcomes.stream().filter(replayed::equals)).hasSize(63);
    }

    @Test
    void who_waits_is_told_the_firsts_refusal_too() throws Exception {
        running(OUT_OF_MONEY, false, (first, end) -> {
            Future<RelayOutcome> waiting = waiter(call("k"));
            end.countDown();
            assertThat(waiting.get()).isIn(new Replayed(first.id(), OUT_OF_MONEY), OUT_OF_MONEY);
        });
    }

    @Test
    void a_running_call_is_waited_for_no_longer_than_a_call_may_take() throws Exception {
        whole = Duration.ofMillis(50);
        running(CHARGED, false, (first, end) -> assertStillOpen(ask(call("k")), first));
    }

    @Test
    void who_leaves_waits_no_longer() throws Exception {
        running(CHARGED, false, (first, end) -> {
            SilentClient gone = new SilentClient();
            gone.hasLeft = true;
            assertStillOpen(relay.relay(call("k"), gone), first);
        });
    }

    @Test
    void a_running_stream_and_another_call_are_not_waited_for() throws Exception {
        running(new RelayOutcome.Streamed(), true, (first, end) -> {
            assertStillOpen(ask(call("k", BODY, true, false)), first);
            assertThat(error(ask(call("k", "{}", true, false))).status()).isEqualTo(422);
        });
    }

    @Test
    void more_than_so_many_are_told_to_come_back() throws Exception {
        running(CHARGED, false, (first, end) -> {
            List<Future<RelayOutcome>> waiting = new ArrayList<>();
            for (int i = 0; i < RunningOnce.WAITING_MAX + 1; i++) {
                waiting.add(waiter(call("k")));
            }
            while (waiting.stream().noneMatch(Future::isDone)) {
                Thread.onSpinWait();
            }
            Future<RelayOutcome> refused =
                    waiting.stream().filter(Future::isDone).findFirst().orElseThrow();
            assertStillOpen(refused.get(), first);
            end.countDown();
            List<RelayOutcome> told = new ArrayList<>();
            for (Future<RelayOutcome> waiter : waiting) {
                told.add(waiter.get());
            }
            Replayed replayed = new Replayed(first.id(), CHARGED);
            assertThat(told.stream().filter(replayed::equals)).hasSize(RunningOnce.WAITING_MAX);
        });
    }

    private interface While {
        void test(RelayCall first, CountDownLatch end) throws Exception;
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Future<RelayOutcome> waiter(RelayCall call) {
        return threads.submit(() -> ask(call));
    }

    /** Does something while a first call under the key {@code k} is being served. */
    private void running(RelayOutcome outcome, boolean stream, While during) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        script = call -> {
            begun.countDown();
            await(end);
            return outcome;
        };
        RelayCall first = call("k", BODY, stream, false);
        Future<RelayOutcome> asked = waiter(first);
        await(begun);
        try {
            during.test(first, end);
        } finally {
            end.countDown();
            threads.close();
        }
        assertThat(asked.get()).isEqualTo(outcome);
    }

    private RelayOutcome ask(RelayCall call) {
        return relay.relay(call, new SilentClient());
    }

    private static CallError error(RelayOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).error();
    }

    private static void assertStillOpen(RelayOutcome outcome, RelayCall first) {
        assertThat(error(outcome).status()).isEqualTo(409);
        assertThat(error(outcome).retryAfter()).isNotNull();
        assertNames(outcome, first);
    }

    private static void assertEnded(RelayOutcome outcome, RelayCall first) {
        assertThat(error(outcome).status()).isEqualTo(409);
        assertThat(error(outcome).retryAfter()).isNull();
        assertNames(outcome, first);
    }

    private static void assertNames(RelayOutcome outcome, RelayCall first) {
        assertThat(error(outcome).message()).contains(first.id().text());
        assertThat(((Refused) outcome).notes())
                .containsExactly(
                        new Header("idempotency-first-request", first.id().text()));
    }

    private static Answered answered(byte[] body, @Nullable Money charged) {
        return new Answered(new AnswerHead(200, List.of()), body, charged, List.of());
    }

    private static RelayCall call(@Nullable String key) {
        return call(key, BODY, false, false);
    }

    private static RelayCall call(@Nullable String key, String body, boolean stream, boolean free) {
        return call(key, "ann", body, stream, free);
    }

    private static RelayCall signed(RelayCall call, String keyText) {
        return call(call.idempotencyKey(), keyText, BODY, false, false);
    }

    private static RelayCall call(@Nullable String key, String keyText, String body, boolean stream, boolean free) {
        CallBody read = new CallBody(
                body.getBytes(UTF_8),
                CallBody.JSON,
                "model-a",
                stream,
                new CallBounds(10L, 10L, 1, Map.of()),
                true,
                Served.ORDINARY,
                List.of(),
                List.of());
        return new RelayCall(
                Calls.id(),
                "chat",
                "/chat/completions",
                null,
                null,
                keyText,
                List.of(),
                read,
                null,
                free,
                null,
                null,
                key,
                null);
    }

    private Optional<KeyHolder> holder(String keyText) {
        User user = new User(
                new UserId(keyText.startsWith("ann") ? 7 : 8),
                keyText,
                null,
                Role.USER,
                true,
                BillingMode.PREPAID,
                null,
                UserLimits.NONE,
                0,
                HomeZone.of(ZoneOffset.UTC),
                Set.of());
        ApiKey key = new ApiKey(
                new ApiKeyId(9),
                user.id(),
                "laptop",
                isKeyActive,
                KeyExpiry.NEVER,
                KeyScope.ANYTHING,
                KeyLimits.NONE,
                0,
                null,
                BillingType.ANY,
                null);
        return Optional.of(new KeyHolder(key, user));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Claims nobody can be asked for. */
    private static final class AwayClaims implements IdempotencyClaims {
        @Override
        public Claim claim(RequestId id, IdempotencyDigest digest) {
            throw new StoreUnavailable("away", null);
        }

        @Override
        public void keep(RequestId id, IdempotencyDigest digest, @Nullable Answered answer) {
            throw new AssertionError("nothing was claimed");
        }

        @Override
        public void release(RequestId id, IdempotencyDigest digest) {
            throw new AssertionError("nothing was claimed");
        }
    }

    /** A caller who is not streamed to. */
    private static final class SilentClient implements ClientStream {
        private boolean hasLeft;

        @Override
        public void begin(AnswerHead head) {
            throw new AssertionError("nothing is streamed");
        }

        @Override
        public boolean write(ByteBuffer bytes) {
            throw new AssertionError("nothing is streamed");
        }

        @Override
        public void onReady(Runnable action) {
            throw new AssertionError("nothing is streamed");
        }

        @Override
        public void onGone(Runnable action) {
            if (hasLeft) {
                action.run();
            }
        }

        @Override
        public boolean isGone() {
            return hasLeft;
        }

        @Override
        public void finish(ByteBuffer last) {
            throw new AssertionError("nothing is streamed");
        }

        @Override
        public void fail(CallError error) {
            throw new AssertionError("nothing is streamed");
        }

        @Override
        public void abort() {
            throw new AssertionError("nothing is streamed");
        }
    }

    private final class Settings extends UneditedSettings {
        @Override
        public boolean refuseUnpriced() {
            return false;
        }

        @Override
        public Deadlines deadlines(boolean stream) {
            return new Deadlines(whole, whole, whole, whole, Duration.ZERO);
        }

        @Override
        public boolean honoursIdempotencyKeys() {
            return isOn;
        }
    }
}
