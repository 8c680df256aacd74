package dev.tollgate.persistence.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * The Redis that tests start: the one that is installed where it is newer than the one from the class path, which else
 * is unpacked once for a process. Where {@code tollgate.test.redis} says {@code jar}, it is the latter in any case.
 */
public final class RedisExecutable {
    private static final int NEWER_THAN_THE_JAR = 7;

    private RedisExecutable() {}

    public static Path path() {
        return Found.PATH;
    }

    /** The first number of its version. */
    public static int major() {
        return major(path());
    }

    /** {@code Redis server v=7.0.15 …}. */
    private static int major(Path executable) {
        try {
            Process asked = new ProcessBuilder(executable.toString(), "--version").start();
            String version = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int unused = asked.waitFor();
            return Integer.parseInt(version.replaceFirst("(?s).*v=(\\d+)\\..*", "$1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static final class Found {
        private static final Path PATH = find();

        private Found() {}

        private static Path find() {
            return Stream.of("/usr/bin/redis-server", "/usr/local/bin/redis-server")
                    .map(Path::of)
                    .filter(path ->
                            !System.getProperty("tollgate.test.redis", "").equals("jar"))
                    .filter(Files::isExecutable)
                    .filter(path -> major(path) >= NEWER_THAN_THE_JAR)
                    .findFirst()
                    .orElseGet(Found::unpack);
        }

        private static Path unpack() {
            try {
                return ExecutableProvider.newJarResourceProvider().get().toPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
