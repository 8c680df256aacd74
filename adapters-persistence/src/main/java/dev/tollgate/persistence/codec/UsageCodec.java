package dev.tollgate.persistence.codec;

import dev.tollgate.domain.pricing.LineItem;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.usage.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tickets, progress, settlements and their parts as JSON in UTF-8 and back; instants are cut to milliseconds.
 *
 * <p>Reading throws {@link IllegalArgumentException} for what was not written here. Members may be added: a reader
 * ignores those it does not know and takes absent ones for none.
 */
public final class UsageCodec {
    private UsageCodec() {}

    public static byte[] write(Ticket ticket) {
        return UsageWriter.write(json -> json.ticket(ticket));
    }

    public static byte[] write(Progress progress) {
        return UsageWriter.write(json -> json.progress(progress));
    }

    public static byte[] write(Settlement settlement) {
        return UsageWriter.write(json -> json.settlement(settlement));
    }

    public static String text(Usage usage) {
        return new String(UsageWriter.write(json -> json.usage(usage)), StandardCharsets.UTF_8);
    }

    public static String text(List<LineItem> items) {
        return new String(UsageWriter.write(json -> json.lineItems(items)), StandardCharsets.UTF_8);
    }

    public static Ticket ticket(byte[] json) {
        return UsageReader.ticket(JsonObject.of(json));
    }

    public static Progress progress(byte[] json) {
        return UsageReader.progress(JsonObject.of(json));
    }

    public static Settlement settlement(byte[] json) {
        return UsageReader.settlement(JsonObject.of(json));
    }

    public static Usage usage(String json) {
        return UsageReader.usage(JsonObject.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    public static List<LineItem> lineItems(String json) {
        return UsageReader.lineItems(JsonObject.listOf(json.getBytes(StandardCharsets.UTF_8)));
    }
}
