package dev.tollgate.application.relay;

import dev.tollgate.domain.identity.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Names a user's conversations: the user is part of the digest, so that a hint never joins two tenants. */
final class Sessions {
    private static final int DIGEST_BYTES = 16;

    private Sessions() {}

    static List<String> digests(UserId user, List<String> hints) {
        return hints.stream().map(hint -> digest(user, hint)).toList();
    }

    private static String digest(UserId user, String hint) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(0, user.value()));
            byte[] digest = sha256.digest(hint.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
