package dev.tollgate.web.relay.anthropic.messages;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Ids of tool calls in this dialect, which has only letters, digits, {@code _} and {@code -} in them. Another platform's
 * id that has more is told in a form that leads back to it, and no two ids are told alike.
 */
final class ToolIds {
    private static final Pattern FITTING = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final String MARK = "toolu_tg_";

    private ToolIds() {}

    static String told(String id) {
        return FITTING.matcher(id).matches() && !id.startsWith(MARK)
                ? id
                : MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    /** The platform's id again. */
    static String read(String told) {
        if (!told.startsWith(MARK)) {
            return told;
        }
        try {
            byte[] id = Base64.getUrlDecoder().decode(told.substring(MARK.length()));
            return new String(id, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            return told;
        }
    }
}
