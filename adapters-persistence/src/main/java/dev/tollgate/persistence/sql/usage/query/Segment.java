package dev.tollgate.persistence.sql.usage.query;

import dev.tollgate.application.usage.Span;
import dev.tollgate.application.usage.UsageQueries.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A part of a span of time and the table that sums it up best: days inside quarters of an hour inside records. */
record Segment(Source source, long from, long until) {
    /** Where sums come from, with the columns that differ. */
    enum Source {
        RECORDS(
                "usage_record",
                "occurred_at",
                "occurred_at",
                "total_cost_nanos",
                "cache_write_5m_tokens + cache_write_1h_tokens"),
        QUARTERS("usage_quarter", "bucket_start", "last_used_at", "cost_nanos", "cache_write_tokens"),
        DAYS("usage_day", "bucket_start", "last_used_at", "cost_nanos", "cache_write_tokens");

        private final String table;
        private final String time;
        private final String lastUsed;
        private final String cost;
        private final String cacheWrite;

        Source(String table, String time, String lastUsed, String cost, String cacheWrite) {
            this.table = table;
            this.time = time;
            this.lastUsed = lastUsed;
            this.cost = cost;
            this.cacheWrite = cacheWrite;
        }

        String table() {
            return table;
        }

        String time() {
            return time;
        }

        /** The list of sums, as every source names them. */
        String sums() {
            return "SUM(requests) AS requests, SUM(errors) AS errors, SUM(input_tokens) AS input_tokens,"
                    + " SUM(output_tokens) AS output_tokens, SUM(cache_read_tokens) AS cache_read_tokens,"
                    + " SUM(" + cacheWrite + ") AS cache_write_tokens, SUM(" + cost + ") AS cost_nanos,"
                    + " MAX(" + lastUsed + ") AS last_used_at";
        }
    }

    /** Adds the conditions of being in it; records are found by their ids, which tell their time. */
    Where within(Where where) {
        return switch (source) {
            case RECORDS ->
                where.and("request_id >= ?", RequestIds.from(from)).and("request_id < ?", RequestIds.from(until));
            case QUARTERS, DAYS -> where.and(source.time() + " >= ?", from).and(source.time() + " < ?", until);
        };
    }

    /**
     * A span in disjoint segments.
     *
     * @param finest the longest step a segment's table may sum up by
     */
    static List<Segment> of(Span span, Step finest) {
        List<Segment> segments = new ArrayList<>();
        long from = span.from().toEpochMilli();
        long until = span.until().toEpochMilli();
        cut(segments, from, until, Step.QUARTER_HOUR, Source.RECORDS, (start, end) -> {
            if (finest == Step.DAY) {
                cut(
                        segments,
                        start,
                        end,
                        Step.DAY,
                        Source.QUARTERS,
                        (first, last) -> segments.add(new Segment(Source.DAYS, first, last)));
            } else {
                segments.add(new Segment(Source.QUARTERS, start, end));
            }
        });
        return segments;
    }

    /** A span with all of the quarters of an hour that it touches. */
    static Span widened(Span span) {
        long step = Step.QUARTER_HOUR.millis();
        return new Span(
                Instant.ofEpochMilli(Math.floorDiv(span.from().toEpochMilli(), step) * step),
                Instant.ofEpochMilli(Math.ceilDiv(span.until().toEpochMilli(), step) * step));
    }

    private static void cut(List<Segment> segments, long from, long until, Step step, Source edges, Middle middle) {
        long first = Math.ceilDiv(from, step.millis()) * step.millis();
        long last = Math.floorDiv(until, step.millis()) * step.millis();
        if (first >= last) {
            add(segments, edges, from, until);
            return;
        }
        add(segments, edges, from, first);
        middle.between(first, last);
        add(segments, edges, last, until);
    }

    private static void add(List<Segment> segments, Source source, long from, long until) {
        if (from < until) {
            segments.add(new Segment(source, from, until));
        }
    }

    private interface Middle {
        void between(long first, long last);
    }
}
