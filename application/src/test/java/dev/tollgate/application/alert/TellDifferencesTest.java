package dev.tollgate.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.usage.AuditUsage.Check;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TellDifferencesTest {
    private final Raised raised = new Raised();
    private final TellDifferences tell = new TellDifferencesService(raised.alerts, raised.clock);

    @Test
    void a_kind_of_difference_is_told_once_a_day() {
        tell.found(List.of());
        assertThat(raised.news()).isEmpty();

        tell.found(List.of(new Check("key 5 total 0 used", false, "1", "2")));
        assertThat(raised.news())
                .containsExactly("audit.difference {\"differences\":1,\"first\":\"key 5 total 0 used\","
                        + "\"expected\":\"1\",\"actual\":\"2\"}");
        tell.found(List.of(new Check("key 6 total 0 used", false, "3", "4")));
        assertThat(raised.news()).isEmpty();
        tell.found(List.of(new Check("usage_day", false, "3", "4")));
        assertThat(raised.news()).hasSize(1);

        raised.clock.advance(Duration.ofDays(1));
        tell.found(List.of(new Check("usage_day", false, "3", "4")));
        assertThat(raised.news()).hasSize(1);
    }
}
