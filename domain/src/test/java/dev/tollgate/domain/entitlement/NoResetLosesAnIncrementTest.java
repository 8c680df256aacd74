package dev.tollgate.domain.entitlement;

import static dev.tollgate.domain.entitlement.Grants.dollars;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.money.Money;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first defect of the reference system: a reset at midnight wrote old values over new ones. Here nothing is reset. */
class NoResetLosesAnIncrementTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-01-13T23:59:59Z");
    private static final Instant TODAY = Instant.parse("2026-01-14T00:00:01Z");
    private static final long SEED = 31L;

    /** Day 9, week 50, month 200 before midnight, as in the table of the defect. */
    private static final UserPackage BEFORE = before();

    @Test
    void two_requests_that_meet_the_boundary_count_in_every_order_of_their_steps() {
        for (String order : List.of("aabb", "abab", "abba", "baab", "baba", "bbaa")) {
            UserPackage after = replay(order);
            assertThat(used(after, WindowKind.DAY, TODAY)).as(order).isEqualTo(dollars("3"));
            assertThat(used(after, WindowKind.WEEK, TODAY)).as(order).isEqualTo(dollars("53"));
            assertThat(used(after, WindowKind.MONTH, TODAY)).as(order).isEqualTo(dollars("203"));
            assertThat(used(after, WindowKind.DAY, YESTERDAY)).as(order).isEqualTo(dollars("9"));
        }
    }

    @Test
    void a_call_settled_after_midnight_counts_on_the_day_it_was_admitted() {
        UserPackage after = BEFORE.charge(dollars("1"), Grants.keys(BEFORE, YESTERDAY));
        assertThat(used(after, WindowKind.DAY, YESTERDAY)).isEqualTo(dollars("10"));
        assertThat(used(after, WindowKind.DAY, TODAY)).isEqualTo(Money.ZERO);
    }

    @Test
    void many_finishers_around_the_boundary_sum_to_the_same_in_any_order() {
        List<Instant> admissions = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            admissions.add(i % 2 == 0 ? YESTERDAY : TODAY);
        }
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            Collections.shuffle(admissions, random);
            UserPackage after = BEFORE;
            for (Instant admitted : admissions) {
                after = after.charge(Money.ofNanos(1), Grants.keys(after, admitted));
            }
            assertThat(used(after, WindowKind.DAY, TODAY)).isEqualTo(Money.ofNanos(32));
            assertThat(used(after, WindowKind.DAY, YESTERDAY)).isEqualTo(dollars("9.000000032"));
            assertThat(used(after, WindowKind.MONTH, TODAY)).isEqualTo(dollars("200.000000064"));
        }
    }

    /** A node whose clock is behind reset "back" to yesterday; here it reads yesterday's window, and adds to it. */
    @Test
    void a_clock_that_steps_back_reopens_nothing_and_loses_nothing() {
        UserPackage after = BEFORE;
        for (int i = 0; i < 50; i++) {
            Instant skewed = i % 2 == 0 ? TODAY : YESTERDAY;
            after = after.charge(dollars("0.01"), Grants.keys(after, skewed));
        }
        assertThat(used(after, WindowKind.DAY, TODAY)).isEqualTo(dollars("0.25"));
        assertThat(used(after, WindowKind.DAY, YESTERDAY)).isEqualTo(dollars("9.25"));
        assertThat(used(after, WindowKind.WEEK, TODAY)).isEqualTo(dollars("50.5"));
    }

    /** A week was named by calendar year and ISO week: it broke at New Year, and weeks a year apart shared a name. */
    @ParameterizedTest
    @ValueSource(ints = {2025, 2026, 2027, 2028, 2029, 2030, 2031, 2032})
    void the_week_across_new_year_is_one_week(int year) {
        WindowCalendar calendar = WindowCalendar.of(ZoneOffset.UTC);
        Instant newYear = Instant.parse(year + "-01-01T00:00:00Z");
        Window week = calendar.window(WindowKind.WEEK, newYear);
        assertThat(week.start().atZone(ZoneOffset.UTC).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(calendar.window(WindowKind.WEEK, week.start()).key()).isEqualTo(week.key());
        assertThat(calendar.window(WindowKind.WEEK, week.end().minusNanos(1)).key())
                .isEqualTo(week.key());
        Window aYearLater = calendar.window(WindowKind.WEEK, week.start().plusSeconds(364 * 86_400L));
        assertThat(aYearLater.key()).isNotEqualTo(week.key());
    }

    /** The check before a call read, and never reserved: two calls could both see the last dollar. */
    @Test
    void two_checks_cannot_both_pass_on_the_same_money() {
        assertThat(BEFORE.at(YESTERDAY).carries(dollars("1"))).isTrue();
        UserPackage held = BEFORE.hold(dollars("1"), Grants.keys(BEFORE, YESTERDAY));
        assertThat(held.at(YESTERDAY).carries(dollars("0.000000001"))).isFalse();
    }

    /** There an edit saved every column of an older copy, usage too, and a charge saved every column of the edit. */
    @Test
    void neither_an_edit_nor_a_charge_can_restore_what_the_other_wrote() {
        UserPackageEdit decidedEarlier = UserPackageEdit.of(BEFORE);
        UserPackage charged = BEFORE.charge(dollars("1"), Grants.keys(BEFORE, TODAY));
        assertThat(charged).usingRecursiveComparison().ignoringFields("spent").isEqualTo(BEFORE);
        assertThat(charged.edited(decidedEarlier).spent()).isEqualTo(charged.spent());
        assertThat(UserPackageEdit.class.getRecordComponents())
                .extracting(component -> component.getGenericType().getTypeName())
                .noneMatch(type -> type.contains(Spent.class.getSimpleName()));
    }

    private static UserPackage before() {
        UserPackage fresh = Grants.subscription(START, null);
        List<WindowKey> keys = Grants.keys(fresh, YESTERDAY);
        Map<WindowKind, Money> spent = Map.of(
                WindowKind.DAY, dollars("9"),
                WindowKind.WEEK, dollars("50"),
                WindowKind.MONTH, dollars("200"));
        for (WindowKey key : keys) {
            fresh = fresh.charge(spent.get(key.kind()), List.of(key));
        }
        return fresh;
    }

    /** Each request reads the package, then adds to it: A one dollar, B two. What it read is as old as it may be. */
    private static UserPackage replay(String order) {
        UserPackage stored = BEFORE;
        UserPackage readByA = null;
        UserPackage readByB = null;
        for (int i = 0; i < order.length(); i++) {
            boolean isA = order.charAt(i) == 'a';
            UserPackage read = isA ? readByA : readByB;
            if (read != null) {
                stored = stored.charge(dollars(isA ? "1" : "2"), Grants.keys(read, TODAY));
            } else if (isA) {
                readByA = stored;
            } else {
                readByB = stored;
            }
        }
        return stored;
    }

    private static Money used(UserPackage held, WindowKind kind, Instant now) {
        return held.at(now).of(kind).orElseThrow().spent().used();
    }
}
