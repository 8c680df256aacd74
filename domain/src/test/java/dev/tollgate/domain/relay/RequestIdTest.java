package dev.tollgate.domain.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
    private static final Instant ADMITTED = Instant.parse("2026-11-21T12:00:00.123Z");
    private final Random random = new Random(7L);

    @Test
    void has_the_bits_of_a_uuid_of_version_seven() {
        for (int i = 0; i < 1_000; i++) {
            UUID value = id(ADMITTED).value();
            assertThat(value.version()).isEqualTo(7);
            assertThat(value.variant()).isEqualTo(2);
        }
        assertThat(RequestId.at(ADMITTED, -1L, -1L).text()).isEqualTo("01a1fdfa-467b-7fff-bfff-ffffffffffff");
        assertThat(RequestId.at(ADMITTED, 0, 0).text()).isEqualTo("01a1fdfa-467b-7000-8000-000000000000");
    }

    @Test
    void tells_the_instant_of_admission_to_the_millisecond() {
        assertThat(id(ADMITTED).instant()).isEqualTo(ADMITTED);
        assertThat(id(ADMITTED.plusNanos(999_999)).instant()).isEqualTo(ADMITTED);
        assertThat(id(Instant.parse("2999-12-31T23:59:59.999Z")).instant()).isEqualTo("2999-12-31T23:59:59.999Z");
    }

    @Test
    void tells_it_within_a_quarter_of_a_microsecond_when_it_was_made_precisely() {
        for (int nanos = 0; nanos < 1_000_000; nanos += 997) {
            Instant admitted = ADMITTED.plusNanos(nanos);
            RequestId id = RequestId.precisely(admitted, random.nextLong());
            assertThat(id.instant()).isEqualTo(ADMITTED);
            assertThat(id.preciseInstant()).isBetween(admitted.minusNanos(245), admitted);
        }
    }

    @Test
    void sorts_by_time_and_as_its_text_does() {
        List<RequestId> ids = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ids.add(id(ADMITTED.plusMillis(random.nextInt(50))));
        }
        List<RequestId> byText = new ArrayList<>(ids);
        byText.sort((left, right) -> left.text().compareTo(right.text()));
        Collections.sort(ids);
        assertThat(ids).isEqualTo(byText);
        assertThat(ids).isSortedAccordingTo((left, right) -> left.instant().compareTo(right.instant()));
    }

    @Test
    void is_read_from_what_it_is_written_as() {
        RequestId id = id(ADMITTED);
        assertThat(RequestId.of(id.text())).isEqualTo(id).isEqualByComparingTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-2-3-4-5",
                "019aa640-8fdb-4fff-bfff-ffffffffffff",
                "019aa640-8fdb-7fff-ffff-ffffffffffff",
                "019aa640-8fdb-7fff-bfff-fffffffffffg",
                "019aa640-8fdb-7fff-bfff-ffffffffffff0"
            })
    void is_nothing_else(String text) {
        assertThatThrownBy(() -> RequestId.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private RequestId id(Instant at) {
        return RequestId.at(at, random.nextLong(), random.nextLong());
    }
}
