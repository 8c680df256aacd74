package dev.tollgate.web.admin.usage;

import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.identity.Setting;
import dev.tollgate.application.usage.Granularity;
import dev.tollgate.application.usage.RangeName;
import dev.tollgate.application.usage.RecordFilter;
import dev.tollgate.application.usage.Slice;
import dev.tollgate.application.usage.Slice.Dimension;
import dev.tollgate.application.usage.Span;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Paging;
import io.micronaut.http.HttpRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query parameters that usage is asked for with. */
public final class UsageParameters {
    private static final String CUSTOM = "custom";
    private static final Map<String, RangeName> RANGES = Map.of(
            "today", RangeName.TODAY,
            "7d", RangeName.SEVEN_DAYS,
            "30d", RangeName.THIRTY_DAYS,
            "month", RangeName.MONTH,
            "total", RangeName.TOTAL);
    private static final Map<String, CallStatus> STATUSES = named(CallStatus.values());
    private static final Map<String, Granularity> GRANULARITIES = named(Granularity.values());
    private static final Map<String, Dimension> DIMENSIONS = named(Dimension.values());
    private static final String NONE = "none";

    private UsageParameters() {}

    /** Which records are asked for. */
    public static RecordFilter filter(HttpRequest<?> request) {
        return new RecordFilter(
                read(request, "user_id", "must be an id", text -> new UserId(Long.parseLong(text))),
                read(request, "api_key_id", "must be an id", text -> new ApiKeyId(Long.parseLong(text))),
                read(request, "account_id", "must be an id", text -> new AccountId(Long.parseLong(text))),
                Paging.text(request, "model"),
                read(request, "status", "must be one of " + names(STATUSES), STATUSES::get),
                read(request, "request_id", "must be a request id", RequestId::of),
                instant(request, "start"),
                instant(request, "end"));
    }

    private static RecordFilter within(RecordFilter filter, Span span) {
        return new RecordFilter(
                filter.user(),
                filter.key(),
                filter.account(),
                filter.model(),
                filter.status(),
                filter.request(),
                span.from(),
                span.until());
    }

    /** Which records are asked for, where a range may be named instead of its ends. */
    public static RecordFilter filter(HttpRequest<?> request, Instant now, ZoneId zone) {
        RecordFilter filter = filter(request);
        return Paging.text(request, "range") == null ? filter : within(filter, span(request, now, zone, CUSTOM));
    }

    /** The part of usage that is asked for. */
    public static Slice slice(HttpRequest<?> request) {
        RecordFilter filter = filter(request);
        return new Slice(filter.user(), filter.key(), filter.account(), filter.model());
    }

    /** How a series cuts time; where the caller names nothing, as the setting says. */
    public static Granularity granularity(HttpRequest<?> request, LiveSettings settings) {
        Granularity asked = read(request, "granularity", "must be one of " + names(GRANULARITIES), GRANULARITIES::get);
        if (asked != null) {
            return asked;
        }
        String usual = settings.text(Setting.USAGE_DEFAULT_GRANULARITY).toLowerCase(Locale.ROOT);
        return GRANULARITIES.getOrDefault(usual, Granularity.DAY);
    }

    /** What usage is grouped by; null for nothing. */
    public static @Nullable Dimension groupBy(HttpRequest<?> request) {
        String asked = Paging.text(request, "group_by");
        return asked == null || asked.equals(NONE)
                ? null
                : read(request, "group_by", "must be one of " + names(DIMENSIONS) + ", " + NONE, DIMENSIONS::get);
    }

    /** The record a cursor list goes on after; null for its start. */
    public static @Nullable RequestId cursor(HttpRequest<?> request) {
        return read(request, "cursor", "is not one that was given out", RequestId::of);
    }

    /** The span of time asked for; {@code range} or, for {@code custom}, {@code start} and {@code end}. */
    public static Span span(HttpRequest<?> request, Instant now, ZoneId zone, String otherwise) {
        String range = Paging.text(request, "range");
        String name = range == null ? otherwise : range;
        if (name.equals(CUSTOM)) {
            return custom(request, now);
        }
        RangeName known = RANGES.get(name);
        if (known == null) {
            throw ApiFailure.invalid("range", "must be one of " + names(RANGES) + ", " + CUSTOM);
        }
        return known.at(now, zone);
    }

    /** The time zone asked for. */
    public static ZoneId zone(HttpRequest<?> request, ZoneId callers) {
        ZoneId zone = read(request, "time_zone", "must be a time zone, such as Europe/Berlin", ZoneId::of);
        return zone == null ? callers : zone;
    }

    private static Span custom(HttpRequest<?> request, Instant now) {
        Instant start = instant(request, "start");
        Instant end = instant(request, "end");
        if (start == null) {
            throw ApiFailure.invalid("start", "is required for a custom range");
        }
        Instant until = end == null ? now : end;
        if (until.isBefore(start)) {
            throw ApiFailure.invalid("end", "must not be before start");
        }
        return new Span(start, until);
    }

    private static @Nullable Instant instant(HttpRequest<?> request, String name) {
        return read(
                request,
                name,
                "must be a time with its offset, such as 2026-01-31T00:00:00Z",
                text -> OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
    }

    private static <T> @Nullable T read(
            HttpRequest<?> request, String name, String expectation, Function<String, @Nullable T> reading) {
        String text = Paging.text(request, name);
        if (text == null) {
            return null;
        }
        T value = tried(text, reading);
        if (value == null) {
            throw ApiFailure.invalid(name, expectation);
        }
        return value;
    }

    private static <T> @Nullable T tried(String text, Function<String, @Nullable T> reading) {
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException | DateTimeException wrong) {
            return null;
        }
    }

    private static <E extends Enum<E>> Map<String, E> named(E[] constants) {
        return Arrays.stream(constants).collect(Collectors.toMap(Words::of, Function.identity()));
    }

    private static String names(Map<String, ?> choices) {
        return choices.keySet().stream().sorted().collect(Collectors.joining(", "));
    }
}
