package dev.tollgate.bootstrap.matrix;

import dev.tollgate.bootstrap.matrix.PlatformFault.Asks;
import dev.tollgate.bootstrap.server.World;
import dev.tollgate.upstream.ScriptedUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** One dialect on one platform, streamed or not, with accounts and models of its own. */
record FaultLane(
        Provider provider, PlainAsker.Dialect dialect, boolean stream, ScriptedUpstream faulty, long faultyAccount) {

    /** Sets a lane up; {@code sound} serves every lane. */
    static FaultLane of(
            Provider provider, PlainAsker.Dialect dialect, boolean stream, World world, ScriptedUpstream sound) {
        ScriptedUpstream faulty = ScriptedUpstream.answering(FaultyWire.good(Map.of()));
        String model = model(provider, dialect, stream);
        Stream.of(Asks.values()).forEach(asks -> world.model(model + asks.slug(), provider.family(), "3", "15"));
        long account = account(world, provider, URI.create(faulty.baseUrl()), 0, model, Asks.FAULTY, Asks.PAIR);
        account(world, provider, nowhere(), 0, model, Asks.DEAD, Asks.DEAD_PAIR);
        account(world, provider, URI.create(sound.baseUrl()), 1, model, Asks.PAIR, Asks.DEAD_PAIR);
        return new FaultLane(provider, dialect, stream, faulty, account);
    }

    String model(Asks asks) {
        return model(provider, dialect, stream) + asks.slug();
    }

    private static String model(Provider provider, PlainAsker.Dialect dialect, boolean stream) {
        String lane = provider.type() + "-" + dialect.name().toLowerCase(Locale.ROOT) + (stream ? "-s-" : "-w-");
        return provider.pattern().replace("*", lane.replace('_', '-'));
    }

    private static long account(
            World world, Provider provider, URI server, int priority, String model, Asks first, Asks second) {
        return world.account(
                provider.type(),
                server.resolve(provider.base()),
                Map.of(
                        "name",
                        model + first.slug() + priority,
                        "credentials",
                        provider.credentials(),
                        "priority",
                        priority,
                        "allowed_models",
                        List.of(model + first.slug(), model + second.slug())));
    }

    private static URI nowhere() {
        try (ServerSocket free = new ServerSocket(0)) {
            return URI.create("http://127.0.0.1:" + free.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return dialect + " on " + provider + (stream ? ", streamed" : "");
    }
}
