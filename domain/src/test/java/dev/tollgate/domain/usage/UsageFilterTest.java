package dev.tollgate.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal M6, the domain's part: usage that cannot be true is never charged, and unknown is not zero. */
class UsageFilterTest {
    private static final UsageFilter FILTER = new UsageFilter(200_000);

    @Test
    void passes_several_passes_beyond_one_window_and_stops_beyond_ten() {
        UsageReport tenWindows = reported(1_999_999, 1);
        assertThat(FILTER.check(tenWindows)).isSameAs(tenWindows);
        assertThat(FILTER.check(reported(2_000_000, 1))).isInstanceOf(UsageReport.Nonsense.class);
        assertThat(FILTER.check(new UsageReport.Partial(Usage.of(TokenUsage.of(0, 2_000_001)))))
                .isInstanceOf(UsageReport.Nonsense.class);
    }

    @Test
    void stops_parts_that_are_too_much_only_together() {
        UsagePart part = new UsagePart(null, TokenUsage.of(2_000_000, 0));
        Usage usage = new Usage(Collections.nCopies(51, part), UnitUsage.NONE, Served.ORDINARY);
        assertThat(FILTER.check(new UsageReport.Reported(usage))).isInstanceOf(UsageReport.Nonsense.class);
    }

    @Test
    void passes_what_was_counted_here_and_what_is_already_known_to_be_missing() {
        for (UsageReport report : List.of(
                new UsageReport.Estimated(Usage.of(TokenUsage.of(0, 2_000_001))),
                new UsageReport.Missing("no_usage"),
                new UsageReport.Nonsense("negative"))) {
            assertThat(FILTER.check(report)).isSameAs(report);
        }
    }

    @Test
    void bounds_even_a_model_whose_window_nobody_knows() {
        assertThat(UsageFilter.UNKNOWN_WINDOW.check(reported(TokenUsage.COUNT_MAX, 0)))
                .isInstanceOf(UsageReport.Reported.class);
        assertThat(UsageFilter.UNKNOWN_WINDOW.check(reported(TokenUsage.COUNT_MAX, 1)))
                .isInstanceOf(UsageReport.Nonsense.class);
        assertThat(new UsageFilter(Long.MAX_VALUE).check(reported(1, 1))).isInstanceOf(UsageReport.Reported.class);
    }

    @Test
    void takes_a_reported_zero_for_a_number_and_a_missing_report_for_none() {
        UsageReport zero = FILTER.check(reported(0, 0));
        assertThat(zero.known()).contains(Usage.of(TokenUsage.NONE));
        assertThat(zero.flag()).isEmpty();
        UsageReport missing = new UsageReport.Missing("no_usage");
        assertThat(missing.known()).isEmpty();
        assertThat(missing.flag()).contains("usage_missing");
    }

    @Test
    void flags_whatever_is_not_the_upstreams_own_and_final_word() {
        Usage usage = Usage.of(TokenUsage.of(1, 1));
        assertThat(new UsageReport.Estimated(usage).flag()).contains("usage_estimated");
        assertThat(new UsageReport.Partial(usage).flag()).contains("usage_partial");
        assertThat(new UsageReport.Nonsense("negative").flag()).contains("usage_nonsense");
        assertThat(new UsageReport.Nonsense("negative").known()).isEmpty();
        assertThat(new UsageReport.Estimated(usage).known()).contains(usage);
        assertThat(new UsageReport.Partial(usage).known()).contains(usage);
    }

    @Test
    void needs_a_window() {
        assertThatThrownBy(() -> new UsageFilter(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static UsageReport reported(long input, long output) {
        return new UsageReport.Reported(Usage.of(TokenUsage.of(input, output)));
    }
}
