package dev.tollgate.web.relay.gemini.content;

import dev.tollgate.application.relay.conversation.Signature;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A signature as {@code thoughtSignature}, which the SDKs decode and must therefore be base64: another provider's is told
 * as the base64 of its token.
 *
 * @param isRedacted whether it stands for a block that is nothing but the signature
 */
record ThoughtSignature(Signature signature, boolean isRedacted) {
    private static final String MARK = Signature.MARK;
    private static final String REDACTED = MARK + "redacted:";

    /** The first characters of whatever begins with the mark, whose length is a multiple of three. */
    private static final String MARK_CODED = Base64.getEncoder().encodeToString(MARK.getBytes(StandardCharsets.UTF_8));

    String told() {
        String token = signature.token(Signature.GEMINI);
        if (!token.startsWith(MARK)) {
            return token;
        }
        String marked = isRedacted ? REDACTED + token.substring(MARK.length()) : token;
        return Base64.getEncoder().encodeToString(marked.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what {@link #told} wrote, in either alphabet of base64; anything else is Gemini's own. */
    static ThoughtSignature read(String told) {
        if (!told.startsWith(MARK_CODED)) {
            return new ThoughtSignature(new Signature(Signature.GEMINI, told), false);
        }
        String token;
        try {
            byte[] bytes = Base64.getDecoder().decode(told.replace('-', '+').replace('_', '/'));
            token = new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            return new ThoughtSignature(new Signature(Signature.GEMINI, told), false);
        }
        boolean isRedacted = token.startsWith(REDACTED);
        String plain = isRedacted ? MARK + token.substring(REDACTED.length()) : token;
        return new ThoughtSignature(Signature.of(plain, Signature.GEMINI), isRedacted);
    }
}
