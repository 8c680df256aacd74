package dev.tollgate.web.relay.input;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what ties a call to a conversation, strongest first: hashes, so that nothing of a prompt is kept. */
final class SessionHints {
    private static final int HINT_HEX_DIGITS = 32;

    private final byte[] body;
    private final List<String> hints = new ArrayList<>();

    SessionHints(byte[] body) {
        this.body = body;
    }

    /** A name the caller gives the conversation itself. */
    void add(@Nullable String name) {
        if (name != null && !name.isBlank()) {
            MessageDigest digest = sha256();
            digest.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            add(digest);
        }
    }

    /** Texts the conversation begins with. */
    void add(List<ByteRange> texts) {
        if (texts.stream().anyMatch(text -> text.length() > 0)) {
            MessageDigest digest = sha256();
            texts.forEach(text -> digest.update(body, text.start(), text.length()));
            add(digest);
        }
    }

    List<String> list() {
        return List.copyOf(hints);
    }

    private void add(MessageDigest digest) {
        String hint = HexFormat.of().formatHex(digest.digest()).substring(0, HINT_HEX_DIGITS);
        if (!hints.contains(hint)) {
            hints.add(hint);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
