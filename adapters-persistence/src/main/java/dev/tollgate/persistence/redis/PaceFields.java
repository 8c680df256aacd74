package dev.tollgate.persistence.redis;

import dev.tollgate.application.relay.Pace;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.persistence.codec.WindowsText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The counts among a subject's fields that are not money: {@code minute}, {@code requests}, {@code tokens},
 * {@code running}, and by window {@code requests:day:17} and {@code calls:day:17}.
 */
final class PaceFields {
    private static final String SETTLED = "requests:";
    private static final String RUNNING = "calls:";

    private PaceFields() {}

    static Pace pace(Map<String, byte[]> fields, long nowMillis) {
        long minute = TimeUnit.MILLISECONDS.toMinutes(nowMillis);
        boolean isPresent = number(fields, "minute") >= minute;
        return new Pace(
                Instant.ofEpochSecond(TimeUnit.MINUTES.toSeconds(minute + 1)),
                isPresent ? number(fields, "requests") : 0,
                isPresent ? number(fields, "tokens") : 0,
                number(fields, "running"),
                windows(fields));
    }

    private static Map<WindowKey, Pace.Requests> windows(Map<String, byte[]> fields) {
        Map<WindowKey, Pace.Requests> windows = new HashMap<>();
        for (String field : fields.keySet()) {
            if (field.startsWith(SETTLED) || field.startsWith(RUNNING)) {
                String window = field.substring(field.indexOf(':') + 1);
                windows.put(
                        WindowsText.window(window),
                        new Pace.Requests(number(fields, SETTLED + window), number(fields, RUNNING + window)));
            }
        }
        return windows;
    }

    private static long number(Map<String, byte[]> fields, String name) {
        byte[] text = fields.get(name);
        return text == null ? 0 : Long.parseLong(new String(text, StandardCharsets.UTF_8));
    }
}
