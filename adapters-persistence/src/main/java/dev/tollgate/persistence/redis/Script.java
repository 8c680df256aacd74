package dev.tollgate.persistence.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/** The steps Redis takes as a whole, each a file beside this class with {@code common.lua} before it. */
enum Script {
    BUDGET,
    CANCEL,
    CORRECT,
    DRAINED,
    FORGET,
    HEARTBEAT,
    KNOWN,
    LETGO,
    LIMIT,
    PENDING,
    RAISE,
    RECOVER,
    RELEASE,
    RENEW,
    REOPEN,
    RESERVE,
    SEED,
    SENT,
    SETTLE,
    SLOT,
    SNAPSHOT,
    SPENT,
    SWEEP,
    TOTALS,
    WARM;

    private final String text;
    private final String sha;

    Script() {
        String own = resource(name().toLowerCase(Locale.ROOT));
        this.text = resource("common") + own;
        this.sha = HexFormat.of().formatHex(Sha.digest("SHA-1", text.getBytes(StandardCharsets.UTF_8)));
    }

    String text() {
        return text;
    }

    /** What Redis calls the script by. */
    String sha() {
        return sha;
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(name + ".lua"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
