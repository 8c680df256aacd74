package dev.tollgate.application.relay;

import dev.tollgate.domain.identity.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an idempotency key and the call under it are known by. The key's text goes into both, so that who has the digests
 * but not the keys cannot try out prompts on them.
 *
 * @param key of user and key, 64 hexadecimal digits
 * @param call of everything that makes one call differ from another but for who signs it, 64 hexadecimal digits
 */
public record IdempotencyDigest(String key, String call) {
    static IdempotencyDigest of(UserId user, String key, RelayCall call) {
        MessageDigest called = begun("call", user, key);
        add(called, call.dialect());
        add(called, call.pinnedPlatform());
        add(called, call.path());
        add(called, call.query());
        add(called, call.body().model());
        add(called, Boolean.toString(call.body().stream()));
        add(called, call.body().contentType());
        for (Header header : call.headers()) {
            add(called, header.name().toLowerCase(Locale.ROOT));
            add(called, header.value());
        }
        byte[] ofCall = called.digest(call.body().bytes());
        return new IdempotencyDigest(hex(begun("key", user, key).digest()), hex(ofCall));
    }

    /** Both, as ticket and record carry them. */
    public String text() {
        return key + call;
    }

    private static MessageDigest begun(String purpose, UserId user, String key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            add(sha256, purpose);
            add(sha256, Long.toString(user.value()));
            add(sha256, key);
            return sha256;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Each part with its length before it, so that no two lists of parts are the same bytes. */
    private static void add(MessageDigest digest, @Nullable String part) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
