package dev.tollgate.persistence.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.PayerTerms;
import dev.tollgate.application.relay.RateLimits;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.persistence.codec.WindowsText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A call as {@code reserve.lua} reads it. */
final class ReserveText {
    /** Up to here a Lua number counts nano-dollars exactly, sums included. */
    private static final long AMOUNT_MAX = 4_000_000_000_000_000L;

    private static final JsonFactory JSON = new JsonFactory();

    private final Reserve call;
    private final JsonGenerator json;

    private ReserveText(Reserve call, JsonGenerator json) {
        this.call = call;
        this.json = json;
    }

    /** @param isWeighed whether to answer only, and take nothing */
    static String of(Reserve call, int waitingMax, long leaseMillis, boolean isWeighed) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            new ReserveText(call, json).write(waitingMax, leaseMillis, isWeighed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Everyone whose counters the call asks or moves. */
    static Set<Subject> subjects(Reserve call) {
        Set<Subject> subjects = new LinkedHashSet<>(Keys.subjects(call.windows()));
        call.limits().forEach(limit -> subjects.add(limit.subject()));
        call.rates().forEach(rate -> subjects.add(rate.subject()));
        for (PayerTerms payer : call.payers()) {
            payer.limits().forEach(limit -> subjects.add(limit.subject()));
            SubjectWindows windows = payer.windows();
            if (windows != null) {
                subjects.add(windows.subject());
            }
        }
        return subjects;
    }

    private void write(int waitingMax, long leaseMillis, boolean isWeighed) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("weighed", isWeighed);
        json.writeNumberField("waitingMax", waitingMax);
        json.writeNumberField("lease", leaseMillis);
        json.writeNumberField("tokens", call.tokens());
        json.writeStringField("windows", WindowsText.write(call.windows()));
        limits(call.limits());
        json.writeArrayFieldStart("rates");
        for (RateLimits rate : call.rates()) {
            rate(rate);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("payers");
        for (PayerTerms payer : call.payers()) {
            payer(payer);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void payer(PayerTerms payer) throws IOException {
        SubjectWindows windows = payer.windows();
        json.writeStartObject();
        json.writeStringField("most", Long.toString(payer.most().nanos()));
        json.writeStringField("least", Long.toString(payer.least().nanos()));
        json.writeBooleanField("lenient", payer.mode() == SpendMode.LENIENT);
        json.writeStringField("windows", windows == null ? "" : ";" + WindowsText.write(List.of(windows)));
        limits(payer.limits());
        json.writeEndObject();
    }

    private void limits(List<CostLimit> limits) throws IOException {
        json.writeArrayFieldStart("limits");
        for (CostLimit limit : limits) {
            json.writeStartObject();
            json.writeStringField("subject", WindowsText.named(limit.subject()));
            json.writeStringField("kind", WindowsText.named(limit.window().kind()));
            json.writeStringField("window", WindowsText.named(limit.window().key()));
            json.writeStringField("limit", versioned(limit));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static String versioned(CostLimit limit) {
        return limit.version() + ":"
                + (limit.isNone() ? "none" : Math.min(limit.limit().nanos(), AMOUNT_MAX));
    }

    private void rate(RateLimits rate) throws IOException {
        json.writeStartObject();
        json.writeStringField("subject", WindowsText.named(rate.subject()));
        json.writeNumberField("rpm", rate.rpm());
        json.writeNumberField("tpm", rate.tpm());
        json.writeNumberField("concurrency", rate.concurrency());
        json.writeNumberField("daily", rate.dailyRequests());
        json.writeStringField("day", WindowsText.named(rate.day().key()));
        json.writeEndObject();
    }
}
