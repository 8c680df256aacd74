package dev.tollgate.bootstrap.idempotency;

import dev.tollgate.bootstrap.idempotency.Way.Question;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.World;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Turns the honouring of idempotency keys on and off. */
final class Keys {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** An unusable key of an unknown model: refused for the key where keys mean something, else for the model. */
    private static final Question PROBE = new Question("nobody-has-this", "probe", false, "k".repeat(256));

    private Keys() {}

    /** Turns it on and waits until it holds on each of these nodes. */
    static void honoured(World world, String apiKey, URI... nodes) {
        turn(world, true, 400, apiKey, nodes);
    }

    static void ignored(World world, String apiKey, URI... nodes) {
        turn(world, false, 404, apiKey, nodes);
    }

    private static void turn(World world, boolean on, int status, String apiKey, URI... nodes) {
        world.admin().put("/api/admin/configs", Map.of("relay.idempotency.enabled", on));
        for (URI node : nodes) {
            Eventually.holds(
                    "the setting holds",
                    SOON,
                    () -> Way.CHAT.ask(node, apiKey, PROBE).statusCode() == status);
        }
    }
}
