package dev.tollgate.application.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.IdempotencyClaims.Claim;
import dev.tollgate.application.relay.RelayOutcome.Answered;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all claims of idempotency keys must do. */
public abstract class IdempotencyClaimsContract {
    private static final IdempotencyDigest DIGEST = digest('a', 'b');
    private static final IdempotencyDigest OTHER_CALL = digest('a', 'c');
    private static final IdempotencyDigest OTHER_KEY = digest('d', 'b');
    private static final int AT_ONCE = 64;

    private final RequestId first = Calls.id();
    private final RequestId second = Calls.id();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private IdempotencyClaims claims;

    /** No claims yet. */
    protected abstract IdempotencyClaims create(InstantSource clock);

    /** The same claims as another node sees them. */
    protected abstract IdempotencyClaims ofAnotherNode();

    /** The usage records have this call now. */
    protected abstract void record(Settlement settlement);

    @BeforeEach
    void start() {
        claims = create(() -> now);
    }

    @Test
    void a_key_is_the_first_calls() {
        assertThat(claims.claim(first, DIGEST)).isEqualTo(new Claim.Taken());

        assertThat(ofAnotherNode().claim(second, DIGEST)).isEqualTo(new Claim.Open(first));
        assertThat(claims.claim(second, OTHER_CALL)).isEqualTo(new Claim.OtherCall(first));
        assertThat(claims.claim(second, OTHER_KEY)).isEqualTo(new Claim.Taken());
    }

    @Test
    void an_answer_is_given_again_as_it_was() {
        byte[] bytes = new byte[1 << 16];
        new Random(1).nextBytes(bytes);
        List<Header> headers = List.of(new Header("content-type", "audio/mpeg"), new Header("x-odd", " a:b\u00ff"));
        List<Header> notes = List.of(new Header("x-tollgate-attempts", "2"));
        claim(first);
        claims.keep(
                first,
                DIGEST,
                new Answered(new AnswerHead(201, headers), bytes, Money.ofDollars("0.000000007"), notes));

        Answered again = kept(ofAnotherNode().claim(second, DIGEST));
        assertThat(again.head().status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(bytes);
        assertThat(again.charged()).isEqualTo(Money.ofDollars("0.000000007"));
        List<Header> told = new ArrayList<>(again.head().headers());
        told.addAll(again.notes());
        assertThat(told).containsExactly(headers.get(0), headers.get(1), notes.get(0));
        assertThat(claims.claim(second, OTHER_CALL)).isEqualTo(new Claim.OtherCall(first));
    }

    @Test
    void the_largest_answer_there_is_is_kept() {
        byte[] bytes = new byte[RelayOnce.KEPT_BYTES_MAX];
        new Random(2).nextBytes(bytes);
        claim(first);
        claims.keep(first, DIGEST, answer(bytes));

        assertThat(kept(claims.claim(second, DIGEST)).body()).isEqualTo(bytes);
    }

    @Test
    void an_end_without_an_answer_is_an_end() {
        claim(first);
        claims.keep(first, DIGEST, null);

        assertThat(ofAnotherNode().claim(second, DIGEST)).isEqualTo(new Claim.Ended(first, null));
    }

    @Test
    void a_call_that_was_cut_off_has_ended_when_it_is_recorded() {
        Settlement orphan = Calls.settled(Calls.ticket(first, Money.ofNanos(100)), 12);
        claim(first);
        assertThat(claims.claim(second, DIGEST)).isEqualTo(new Claim.Open(first));

        record(orphan);
        assertThat(claims.claim(second, DIGEST)).isEqualTo(new Claim.Ended(first, null));
        assertThat(ofAnotherNode().claim(second, DIGEST)).isEqualTo(new Claim.Ended(first, null));
    }

    @Test
    void a_released_key_is_free() {
        claim(first);
        claims.release(first, DIGEST);

        assertThat(ofAnotherNode().claim(second, OTHER_CALL)).isEqualTo(new Claim.Taken());
    }

    @Test
    void only_who_has_a_key_releases_it_and_only_before_its_end() {
        claim(first);
        claims.release(second, DIGEST);
        assertThat(claims.claim(second, DIGEST)).isEqualTo(new Claim.Open(first));

        claims.keep(first, DIGEST, null);
        claims.release(first, DIGEST);
        assertThat(claims.claim(second, DIGEST)).isEqualTo(new Claim.Ended(first, null));
    }

    @Test
    void only_who_has_a_key_keeps_an_answer_under_it() {
        claim(first);
        claims.keep(second, DIGEST, answer("not mine".getBytes(UTF_8)));

        assertThat(claims.claim(second, DIGEST)).isEqualTo(new Claim.Open(first));
    }

    @Test
    void a_claim_lasts_a_day() {
        claim(first);
        claims.keep(first, DIGEST, answer("hello".getBytes(UTF_8)));

        now = now.plus(IdempotencyClaims.KEPT).minusMillis(1);
        assertThat(claims.claim(second, DIGEST)).isInstanceOf(Claim.Ended.class);

        now = now.plus(Duration.ofMillis(1));
        assertThat(claims.claim(second, DIGEST)).isEqualTo(new Claim.Taken());
        assertThat(claims.claim(first, DIGEST)).isEqualTo(new Claim.Open(second));
    }

    @Test
    void of_many_at_once_one_has_the_key() throws Exception {
        IdempotencyClaims other = ofAnotherNode();
        for (int round = 0; round < 3; round++) {
            IdempotencyDigest digest = digest((char) ('0' + round), 'b');
            List<Claim> all = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                List<Future<Claim>> claiming = new ArrayList<>();
                for (int call = 0; call < AT_ONCE; call++) {
                    IdempotencyClaims asked = call % 2 == 0 ? claims : other;
                    claiming.add(threads.submit(() -> asked.claim(Calls.id(), digest)));
                }
                for (Future<Claim> claim : claiming) {
                    all.add(claim.get());
                }
            }
            assertThat(all.stream().filter(Claim.Taken.class::isInstance)).hasSize(1);
            assertThat(all.stream().filter(Claim.Open.class::isInstance).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void keys_that_are_released_over_and_over_are_never_two_calls_at_once() throws Exception {
        AtomicInteger having = new AtomicInteger();
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> claiming = new ArrayList<>();
            for (int call = 0; call < AT_ONCE; call++) {
                claiming.add(threads.submit(() -> {
                    RequestId id = Calls.id();
                    if (claims.claim(id, DIGEST) instanceof Claim.Taken) {
                        seen.add(having.incrementAndGet());
                        having.decrementAndGet();
                        claims.release(id, DIGEST);
                    }
                }));
            }
            for (Future<?> claim : claiming) {
                claim.get();
            }
        }
        assertThat(seen).isNotEmpty().containsOnly(1);
    }

    private void claim(RequestId id) {
        assertThat(claims.claim(id, DIGEST)).isEqualTo(new Claim.Taken());
    }

    private static Answered answer(byte[] body) {
        return new Answered(new AnswerHead(200, List.of()), body, Money.ZERO, List.of());
    }

    private static Answered kept(Claim claim) {
        assertThat(claim).isInstanceOf(Claim.Ended.class);
        return Objects.requireNonNull(((Claim.Ended) claim).answer());
    }

    private static IdempotencyDigest digest(char key, char call) {
        return new IdempotencyDigest(
                String.valueOf(key).repeat(64), String.valueOf(call).repeat(64));
    }
}
