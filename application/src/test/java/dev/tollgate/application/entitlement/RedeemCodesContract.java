package dev.tollgate.application.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.apikey.KeyExamples;
import dev.tollgate.application.entitlement.RedeemCode.Gift;
import dev.tollgate.application.entitlement.RedeemCode.Origin;
import dev.tollgate.application.entitlement.RedeemCode.Status;
import dev.tollgate.application.entitlement.RedeemCode.Terms;
import dev.tollgate.application.entitlement.RedeemCode.Use;
import dev.tollgate.application.entitlement.RedeemCodes.Decision;
import dev.tollgate.application.entitlement.RedeemCodes.Fresh;
import dev.tollgate.application.entitlement.RedeemCodes.Wanted;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of redeem codes does. */
public abstract class RedeemCodesContract {
    private static final Instant NOW = Examples.START;
    private static final UserId ANN = new UserId(11);
    private static final UserId BOB = new UserId(12);
    private static final Gift CREDIT = new Gift.OfCredit(Examples.DOLLAR);
    private static final Gift PACKAGE = new Gift.OfPackage(new PackageId(5));
    private static final Terms PLAIN = new Terms(null, null, null, true);

    protected abstract RedeemCodes codes();

    @Test
    void a_code_comes_back_as_it_was_added_by_its_id_and_by_its_digest() {
        RedeemCode first = code(1, 9, CREDIT, new Terms("Fair 2026", "for visitors", NOW.plusSeconds(60), false));
        RedeemCode second = code(2, 9, PACKAGE, PLAIN);
        add(first, second);

        assertThat(codes().find(1)).contains(first);
        assertThat(codes().find(List.of(KeyExamples.digest("other"), KeyExamples.digest("text 2"))))
                .contains(second);
        assertThat(codes().find(3)).isEmpty();
        assertThat(codes().find(List.of(KeyExamples.digest("text 3")))).isEmpty();
    }

    @Test
    void a_code_is_used_once_for_ever() {
        add(code(1, 9, PACKAGE, PLAIN));
        Use use = new Use(ANN, NOW, null, new UserPackageId(8));

        assertThat(codes().use(1, code -> new Decision<>(code.at(NOW), use))).contains(Status.UNUSED);

        RedeemCode used = codes().find(1).orElseThrow();
        assertThat(used.use()).isEqualTo(use);
        assertThat(used.at(NOW)).isEqualTo(Status.USED);
        assertThat(codes().use(1, code -> new Decision<>(code.use(), null))).contains(use);
        assertThat(codes().use(2, code -> new Decision<>("", use))).isEmpty();
    }

    @Test
    void a_decision_without_a_use_leaves_the_code_as_it_is() {
        add(code(1, 9, CREDIT, PLAIN));

        assertThat(codes().use(1, code -> new Decision<>("no", null))).contains("no");

        assertThat(codes().find(1)).contains(code(1, 9, CREDIT, PLAIN));
    }

    @Test
    void a_decision_that_fails_uses_nothing() {
        add(code(1, 9, CREDIT, PLAIN));

        assertThatThrownBy(() -> codes().use(1, code -> {
                    throw new IllegalStateException("no room");
                }))
                .hasStackTraceContaining("no room");

        assertThat(codes().find(1)).contains(code(1, 9, CREDIT, PLAIN));
    }

    @Test
    void of_many_who_use_a_code_at_once_one_finds_it_unused() throws Exception {
        add(code(1, 9, CREDIT, PLAIN));
        List<Future<Boolean>> attempts = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 32; i++) {
                Use use = new Use(i % 2 == 0 ? ANN : BOB, NOW, 100L + i, null);
                attempts.add(pool.submit(() -> codes().use(
                                1, code -> code.use() == null ? new Decision<>(true, use) : new Decision<>(false, null))
                        .orElseThrow()));
            }
            int winners = 0;
            for (Future<Boolean> attempt : attempts) {
                winners += attempt.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        }
    }

    @Test
    void only_a_code_that_is_not_used_can_be_changed_or_removed() {
        add(code(1, 9, CREDIT, PLAIN), code(2, 9, CREDIT, PLAIN));
        Terms changed = new Terms("n", "d", NOW.plusSeconds(1), false);
        Use use = new Use(ANN, NOW, 8L, null);

        assertThat(codes().change(1, terms -> changed)).contains(code(1, 9, CREDIT, changed));
        assertThat(codes().use(2, code -> new Decision<>("", use))).isPresent();

        assertThat(codes().change(2, terms -> changed))
                .contains(code(2, 9, CREDIT, PLAIN).usedBy(use));
        assertThat(codes().remove(2)).contains(code(2, 9, CREDIT, PLAIN).usedBy(use));
        assertThat(codes().find(2)).isPresent();
        assertThat(codes().remove(1)).contains(code(1, 9, CREDIT, changed));
        assertThat(codes().find(1)).isEmpty();
        assertThat(codes().change(1, terms -> changed)).isEmpty();
        assertThat(codes().remove(1)).isEmpty();
    }

    @Test
    void lists_are_narrowed_by_status_batch_and_search() {
        Instant over = NOW.minusSeconds(1);
        add(
                code(1, 9, CREDIT, PLAIN),
                code(2, 9, CREDIT, new Terms("Summer", null, NOW, true)),
                code(3, 9, CREDIT, new Terms("Winter", null, over, false)),
                code(4, 8, CREDIT, PLAIN),
                code(5, 8, CREDIT, new Terms(null, null, NOW.plusSeconds(1), true)));
        assertThat(codes().use(4, code -> new Decision<>("", new Use(ANN, NOW, 1L, null))))
                .isPresent();

        assertThat(ids(null, null, PageQuery.FIRST)).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(ids(Status.UNUSED, null, PageQuery.FIRST)).containsExactly(5L, 1L);
        assertThat(ids(Status.USED, null, PageQuery.FIRST)).containsExactly(4L);
        assertThat(ids(Status.EXPIRED, null, PageQuery.FIRST)).containsExactly(2L);
        assertThat(ids(Status.DISABLED, null, PageQuery.FIRST)).containsExactly(3L);
        assertThat(ids(Status.UNUSED, 8L, PageQuery.FIRST)).containsExactly(5L);
        assertThat(ids(null, null, new PageQuery(1, 20, "wINter", null, false))).containsExactly(3L);
        assertThat(ids(null, null, new PageQuery(1, 20, "pre5", null, false))).containsExactly(5L);
        assertThat(ids(null, null, new PageQuery(2, 2, null, null, false))).containsExactly(3L, 2L);
        assertThat(codes().list(new Wanted(null, 9L, NOW), PageQuery.FIRST).total())
                .isEqualTo(3);
    }

    private List<Long> ids(Status status, Long batch, PageQuery query) {
        return codes().list(new Wanted(status, batch, NOW), query).items().stream()
                .map(RedeemCode::id)
                .toList();
    }

    private void add(RedeemCode... added) {
        codes().add(List.of(added).stream()
                .map(code -> new Fresh(code, KeyExamples.digest("text " + code.id())))
                .toList());
    }

    private static RedeemCode code(long id, long batch, Gift gift, Terms terms) {
        return new RedeemCode(id, new Origin(batch, BOB, NOW), "PRE" + id, "LAST", gift, terms, null);
    }
}
