package dev.tollgate.persistence.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.pricing.LineItem;
import dev.tollgate.domain.relay.Asked;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes usage as JSON: amounts as whole numbers in the unit of their type, instants in milliseconds. */
final class UsageWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int SIZE_USUAL = 1_024;

    private final JsonGenerator json;

    private UsageWriter(JsonGenerator json) {
        this.json = json;
    }

    static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(SIZE_USUAL);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            writing.on(new UsageWriter(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    void settlement(Settlement settlement) throws IOException {
        json.writeStartObject();
        json.writeFieldName("ticket");
        ticket(settlement.ticket());
        json.writeStringField("status", WindowsText.named(settlement.status()));
        json.writeNumberField("http", settlement.httpStatus());
        json.writeStringField("source", WindowsText.named(settlement.usageSource()));
        json.writeFieldName("usage");
        usage(settlement.usage());
        json.writeFieldName("items");
        lineItems(settlement.charge().breakdown().items());
        json.writeNumberField("multiplier", settlement.charge().multiplier().trillionths());
        attempts(settlement.attempts());
        json.writeNumberField("latency", settlement.timing().latencyMillis());
        numberOrNothing("first_token", settlement.timing().firstTokenMillis());
        json.writeArrayFieldStart("flags");
        for (String flag : settlement.flags()) {
            json.writeString(flag);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    void ticket(Ticket ticket) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", ticket.id().text());
        json.writeNumberField("user", ticket.caller().userId().value());
        json.writeNumberField("key", ticket.caller().apiKeyId().value());
        textOrNothing("ip", ticket.caller().clientIp());
        textOrNothing("agent", ticket.caller().userAgent());
        asked(ticket.asked());
        payer(ticket.hold().payer());
        json.writeStringField("mode", WindowsText.named(ticket.hold().mode()));
        json.writeNumberField("hold", ticket.hold().amount().nanos());
        json.writeBooleanField("clamped", ticket.hold().clamped());
        json.writeStringField("windows", WindowsText.write(ticket.windows()));
        textOrNothing("idempotency", ticket.idempotency());
        json.writeEndObject();
    }

    private void asked(Asked asked) throws IOException {
        json.writeStringField("dialect", asked.dialect());
        json.writeStringField("asked", asked.requestedModel());
        json.writeStringField("model", asked.model());
        json.writeStringField("platform", asked.platform());
        json.writeBooleanField("stream", asked.stream());
        json.writeNumberField("price", asked.priceVersion().value());
        json.writeNumberField("multiplier", asked.multiplier().trillionths());
    }

    private void payer(Payer payer) throws IOException {
        switch (payer) {
            case Payer.OfPackage held ->
                json.writeNumberField("package", held.id().value());
            case Payer.OfCredit credit ->
                json.writeNumberField("credit", credit.id().value());
            case Payer.Metered metered -> json.writeBooleanField("metered", true);
        }
    }

    void progress(Progress progress) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", progress.id().text());
        tokens(progress.tokens());
        json.writeBooleanField("answered", progress.answered());
        attempts(progress.attempts());
        json.writeEndObject();
    }

    private void attempts(List<AttemptRecord> attempts) throws IOException {
        json.writeArrayFieldStart("attempts");
        for (AttemptRecord attempt : attempts) {
            attempt(attempt);
        }
        json.writeEndArray();
    }

    private void attempt(AttemptRecord attempt) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", attempt.number());
        json.writeNumberField("account", attempt.accountId().value());
        json.writeStringField("type", attempt.accountType().wireName());
        json.writeStringField("model", attempt.sentModel());
        json.writeNumberField("from", attempt.startedAt().toEpochMilli());
        json.writeNumberField("to", attempt.endedAt().toEpochMilli());
        Integer status = attempt.httpStatus();
        numberOrNothing("http", status == null ? null : Long.valueOf(status));
        textOrNothing("failure", attempt.failure());
        tokens(attempt.tokens());
        json.writeNumberField("cost", attempt.upstreamCost().picos());
        json.writeEndObject();
    }

    void usage(Usage usage) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("parts");
        for (UsagePart part : usage.parts()) {
            json.writeStartObject();
            textOrNothing("model", part.model());
            tokens(part.tokens());
            json.writeEndObject();
        }
        json.writeEndArray();
        units(usage.units());
        served(usage.served());
        json.writeEndObject();
    }

    private void tokens(TokenUsage tokens) throws IOException {
        json.writeObjectFieldStart("tokens");
        for (var count : tokens.counts().entrySet()) {
            json.writeNumberField(WindowsText.named(count.getKey()), count.getValue());
        }
        json.writeEndObject();
    }

    private void units(UnitUsage units) throws IOException {
        numbersOrNothing("tools", units.tools());
        numbersOrNothing("images", units.images());
        numberOrNothing("seconds", units.seconds() == 0 ? null : Long.valueOf(units.seconds()));
        numberOrNothing("characters", units.characters() == 0 ? null : Long.valueOf(units.characters()));
    }

    private void served(Served served) throws IOException {
        textOrNothing("tier", served.tier());
        textOrNothing("speed", served.speed());
        textOrNothing("geo", served.geo());
    }

    void lineItems(List<LineItem> items) throws IOException {
        json.writeStartArray();
        for (LineItem item : items) {
            json.writeStartObject();
            json.writeStringField("class", item.itemClass());
            textOrNothing("model", item.model());
            json.writeNumberField("quantity", item.quantity());
            json.writeNumberField("unit_price", item.unitPrice().picos());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void numbersOrNothing(String name, Map<String, Long> numbers) throws IOException {
        if (numbers.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(name);
        for (var number : numbers.entrySet()) {
            json.writeNumberField(number.getKey(), number.getValue());
        }
        json.writeEndObject();
    }

    private void textOrNothing(String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private void numberOrNothing(String name, @Nullable Long number) throws IOException {
        if (number != null) {
            json.writeNumberField(name, number);
        }
    }

    /** What is to be written. */
    interface Writing {
        void on(UsageWriter writer) throws IOException;
    }
}
