package dev.tollgate.web.relay.openai.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.web.relay.conversation.RequestJson;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the text of a free-text tool's call out of the object a model wrote around it, {@code {"input": text}}, while
 * the object still grows: such a text may be a patch of many thousand tokens, and the caller is not to wait for its end.
 */
public final class FreeText {
    /** The one member of the object. */
    static final String INPUT = "input";

    private static final Pattern START = Pattern.compile("\\s*\\{\\s*\"" + INPUT + "\"\\s*:\\s*\"");

    /** An object that has not started so by then has another shape. */
    private static final int START_MAX = 256;

    private static final int UNICODE_ESCAPE = 6;
    private static final int HEX = 16;

    private final StringBuilder before = new StringBuilder();
    private final StringBuilder escape = new StringBuilder();
    private boolean hasStarted;
    private boolean hasEnded;
    private String half = "";

    /** The text of complete arguments; arguments of another shape stand for themselves. */
    public static String of(String arguments) {
        FreeText text = new FreeText();
        String told = text.more(arguments);
        return told + text.rest();
    }

    /** What more of the text another piece of the arguments holds. */
    public String more(String piece) {
        if (hasStarted) {
            return inside(piece);
        }
        before.append(piece);
        Matcher start = START.matcher(before.substring(0, Math.min(before.length(), START_MAX)));
        if (before.length() - piece.length() > START_MAX || !start.lookingAt()) {
            return "";
        }
        hasStarted = true;
        return inside(before.substring(start.end()));
    }

    /** What is left to be told when the arguments have ended: all of it, if they had another shape. */
    public String rest() {
        if (hasStarted) {
            return "";
        }
        String arguments = before.toString();
        ObjectNode object = RequestJson.object(arguments);
        return object != null && object.path(INPUT).isTextual()
                ? object.path(INPUT).textValue()
                : arguments;
    }

    /** Never ends in half a character. */
    private String inside(String piece) {
        StringBuilder text = new StringBuilder(half);
        for (int i = 0; i < piece.length() && !hasEnded; i++) {
            char next = piece.charAt(i);
            if (!escape.isEmpty()) {
                unescape(next, text);
            } else if (next == '\\') {
                escape.append(next);
            } else if (next == '"') {
                hasEnded = true;
            } else {
                text.append(next);
            }
        }
        int last = text.length() - 1;
        boolean isCut = last >= 0 && Character.isHighSurrogate(text.charAt(last)) && !hasEnded;
        half = isCut ? text.substring(last) : "";
        return isCut ? text.substring(0, last) : text.toString();
    }

    private void unescape(char next, StringBuilder text) {
        escape.append(next);
        if (escape.charAt(1) == 'u' && escape.length() < UNICODE_ESCAPE) {
            return;
        }
        switch (escape.charAt(1)) {
            case 'u' -> appendUnicode(text);
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            default -> text.append(next);
        }
        escape.setLength(0);
    }

    private void appendUnicode(StringBuilder text) {
        String digits = escape.substring(2);
        boolean isHex = digits.chars().allMatch(digit -> Character.digit(digit, HEX) >= 0);
        text.append(isHex ? String.valueOf((char) Integer.parseInt(digits, HEX)) : escape);
    }
}
