package dev.tollgate.bootstrap.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.crash.Hit.Struck;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Strikes one system again and again under load, then lets it settle and reconciles. */
final class CrashRound {
    private static final Duration WARM = Duration.ofSeconds(2);
    private static final int BETWEEN_MIN_MILLIS = 200;
    private static final int BETWEEN_SPREAD_MILLIS = 1300;
    private static final Duration SETTLED_WITHIN = CrashRuns.patience(Duration.ofSeconds(60));

    private final String name;
    private final Path folder;
    private final Random random;
    private final RunTable table;

    CrashRound(String name, Path folder, long seed, RunTable table) {
        this.name = name;
        this.folder = folder;
        this.random = new Random(seed);
        this.table = table;
    }

    /** A system to strike, made in a folder. */
    interface Making {
        Ground in(Path folder) throws IOException;
    }

    /** Its folder goes if it went well, and stays if anything was wrong. @throws AssertionError with what was wrong */
    void run(Making making, List<Hit> hits) throws Exception {
        List<String> wrong = new ArrayList<>();
        remove(folder);
        try (Ground ground = making.in(folder)) {
            try {
                List<Window> windows = strike(ground, hits);
                ground.callers().stop();
                Duration settled = awaitSettled(ground);
                wrong.addAll(ground.complaints());
                Reconciliation books = Reconciliation.of(ground, windows);
                wrong.addAll(books.complaints());
                if (ground.load() == Load.FAULTED) {
                    table.faults(name, ground.callers());
                    wrong.addAll(Leftovers.in(ground));
                    Duration unused = awaitSettled(ground);
                }
                table.round(name, ground.callers(), settled, books, wrong.size());
            } finally {
                ground.callers().stop();
                keepLog(ground);
            }
        }
        if (!wrong.isEmpty()) {
            Files.write(folder.resolve("wrong.txt"), wrong);
            throw new AssertionError(name + " in " + folder + ": " + wrong.size() + " wrong, first "
                    + String.join("\n", wrong.subList(0, Math.min(wrong.size(), 12))));
        }
        remove(folder);
    }

    private List<Window> strike(Ground ground, List<Hit> hits) {
        List<Window> windows = new ArrayList<>();
        Instant begun = Instant.now();
        windows.add(new Window(Hit.Target.GATEWAY, begun.minus(WARM), begun.plus(GatewayHits.WARM)));
        Eventually.pause(WARM);
        for (Hit hit : hits) {
            Eventually.pause(Duration.ofMillis(BETWEEN_MIN_MILLIS + random.nextInt(BETWEEN_SPREAD_MILLIS)));
            Instant at = Instant.now();
            int calls = ground.callers().begun();
            int unavailable = ground.callers().unavailable();
            Struck struck = hit.strike(ground, random);
            windows.addAll(struck.windows());
            ground.disturb(struck.windows());
            table.hit(
                    name,
                    hit.name(),
                    at,
                    ground.callers().begun() - calls,
                    ground.callers().unavailable() - unavailable,
                    struck.healthy());
        }
        Eventually.pause(WARM);
        return windows;
    }

    /** Nothing held, nothing on its way. */
    private static Duration awaitSettled(Ground ground) {
        Instant from = Instant.now();
        List<World> worlds = ground.worlds();
        World world = worlds.getFirst();
        try {
            Eventually.holds(
                    "nothing is held and SQL has everything",
                    SETTLED_WITHIN,
                    () -> worlds.stream().allMatch(CrashRound::isSettled) && isAudited(world));
        } catch (AssertionError e) {
            ground.require(false, e.getMessage() + ": " + world.admin().get("/api/admin/monitor"));
        }
        return Duration.between(from, Instant.now());
    }

    private static boolean isSettled(World world) {
        JsonNode monitor = world.admin().get("/api/admin/monitor");
        return monitor.path("calls").path("holds_open").asLong(-1) == 0
                && monitor.path("stream").path("backlog").asLong(-1) == 0
                && monitor.path("journal").path("pending").asLong(-1) == 0;
    }

    private static boolean isAudited(World world) {
        return world.admin().post("/api/admin/audit", Map.of()).get("ok").asBoolean();
    }

    private void keepLog(Ground ground) throws IOException {
        Files.write(
                folder.resolve("calls.tsv"),
                ground.callers().log().stream()
                        .sorted(Comparator.comparing(Made::from))
                        .map(Made::line)
                        .toList());
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
