package dev.tollgate.web.relay.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what ties a call to a conversation, strongest first: hashes, so that nothing of a prompt is kept. */
public final class SessionHints {
    private static final int HINT_HEX_DIGITS = 32;

    private final byte[] body;
    private final List<String> hints = new ArrayList<>();

    SessionHints(byte[] body) {
        this.body = body;
    }

    /** The hint that a name is which the caller gives the conversation itself, wherever it stands. */
    public static String ofName(String name) {
        MessageDigest digest = sha256();
        digest.update(name.getBytes(UTF_8));
        return hint(digest);
    }

    /** A name the caller gives the conversation itself. */
    void add(@Nullable String name) {
        if (name != null && !name.isBlank()) {
            addHint(ofName(name));
        }
    }

    /** Texts the conversation begins with. */
    void add(List<ByteRange> texts) {
        if (texts.stream().anyMatch(text -> text.length() > 0)) {
            MessageDigest digest = sha256();
            texts.forEach(text -> digest.update(body, text.start(), text.length()));
            addHint(hint(digest));
        }
    }

    List<String> list() {
        return List.copyOf(hints);
    }

    private void addHint(String hint) {
        if (!hints.contains(hint)) {
            hints.add(hint);
        }
    }

    private static String hint(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, HINT_HEX_DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
