package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all bindings must do. */
public abstract class BindingsContract {
    private static final AccountId ONE = new AccountId(1);
    private static final AccountId TWO = new AccountId(2);
    private static final String RESPONSE = "0123456789abcdef0123456789abcdef";
    private static final String FILE = "fedcba9876543210fedcba9876543210";

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private Bindings bindings;

    /** Empty bindings. */
    protected abstract Bindings create(InstantSource clock);

    /** The same bindings after a restart, what was on its way to the disk a second ago being there. */
    protected abstract Bindings restarted();

    @BeforeEach
    void start() {
        bindings = create(() -> now);
    }

    @Test
    void finds_who_made_what_and_leaves_out_what_is_not_known() {
        bindings.bind(List.of(RESPONSE), ONE);

        assertThat(bindings.find(List.of(RESPONSE, FILE))).isEqualTo(Map.of(RESPONSE, ONE));
        assertThat(bindings.find(List.of(FILE))).isEmpty();
    }

    @Test
    void the_last_maker_counts() {
        bindings.bind(List.of(RESPONSE, FILE), ONE);
        bindings.bind(List.of(FILE), TWO);

        assertThat(bindings.find(List.of(RESPONSE, FILE))).isEqualTo(Map.of(RESPONSE, ONE, FILE, TWO));
    }

    @Test
    void survives_a_restart() {
        bindings.bind(List.of(RESPONSE), ONE);

        assertThat(restarted().find(List.of(RESPONSE))).isEqualTo(Map.of(RESPONSE, ONE));
    }

    @Test
    void is_kept_for_thirty_days() {
        bindings.bind(List.of(RESPONSE), ONE);

        now = now.plus(Bindings.KEPT).minusMillis(1);
        assertThat(restarted().find(List.of(RESPONSE))).containsKey(RESPONSE);

        now = now.plus(Duration.ofMillis(1));
        assertThat(bindings.find(List.of(RESPONSE))).isEmpty();
        assertThat(restarted().find(List.of(RESPONSE))).isEmpty();
    }
}
