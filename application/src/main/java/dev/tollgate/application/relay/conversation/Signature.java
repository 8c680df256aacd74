package dev.tollgate.application.relay.conversation;

/**
 * What a provider wants back unchanged with its own thinking or tool call, and what no other provider understands.
 *
 * <p>A caller's dialect has one opaque text for it. There it stands as {@link #token}, which names the provider, except
 * for the provider's own dialect, where it stands as it is; so a conversation can change providers in the middle.
 *
 * @param origin whose it is: {@link #ANTHROPIC}, {@link #GEMINI} or {@link #OPENAI}
 */
public record Signature(String origin, String value) {
    public static final String ANTHROPIC = "anthropic";
    public static final String GEMINI = "gemini";
    public static final String OPENAI = "openai";

    /** What a token begins with; no provider's own signature does. */
    public static final String MARK = "tollgate:";

    public boolean isFrom(String provider) {
        return origin.equals(provider);
    }

    /** The text for a dialect that is at home with {@code home}'s signatures. */
    public String token(String home) {
        return isFrom(home) ? value : MARK + origin + ":" + value;
    }

    /** Whether a text is a token that stands for another provider's signature. */
    public static boolean isToken(String text) {
        return text.startsWith(MARK);
    }

    /** Reads what {@link #token} wrote; any other text is {@code home}'s own. */
    public static Signature of(String token, String home) {
        int colon = token.startsWith(MARK) ? token.indexOf(':', MARK.length()) : -1;
        return colon < 0
                ? new Signature(home, token)
                : new Signature(token.substring(MARK.length(), colon), token.substring(colon + 1));
    }
}
