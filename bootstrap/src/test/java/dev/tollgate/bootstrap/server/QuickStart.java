package dev.tollgate.bootstrap.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Has gateways start in a fourth of the processor time, which tests that kill them over and over need: one compiler, and,
 * once {@link #train} was called on JDK 25 or later, classes loaded and linked ahead of time. What runs is the same.
 */
public final class QuickStart {
    private static final int CACHES_SINCE = 25;
    private static final Path FOLDER = Path.of("target", "quick-start").toAbsolutePath();
    private static final List<String> ONE_COMPILER = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static volatile @Nullable Path cache;

    private QuickStart() {}

    /** Lets later starts profit from one that ends politely, with these settings and its data in this folder. */
    public static synchronized void train(Path folder, Map<String, String> settings) throws IOException {
        if (cache != null || Runtime.version().feature() < CACHES_SINCE) {
            return;
        }
        Path output = FOLDER.resolve(Integer.toHexString(classes().hashCode()) + ".aot");
        if (!Files.exists(output)) {
            Path unfinished = FOLDER.resolve("unfinished.aot");
            GatewayProcess trained = GatewayProcess.start(
                    Files.createDirectories(folder), settings, List.of("-XX:AOTCacheOutput=" + unfinished));
            try {
                int unused = trained.terminate();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            Path unused = Files.move(unfinished, output, StandardCopyOption.ATOMIC_MOVE);
        }
        cache = output;
    }

    /** The options of a {@code java} that is to run a gateway, class path included. */
    static List<String> options() {
        List<String> options = new ArrayList<>(ONE_COMPILER);
        Path trained = cache;
        if (trained != null) {
            options.add("-XX:AOTCache=" + trained);
        }
        options.add("-cp");
        options.add(jars().stream().map(Path::toString).collect(Collectors.joining(java.io.File.pathSeparator)));
        return options;
    }

    /** A cache knows jars only, so that our own classes are packed; those of tests are of no use to a gateway. */
    private static synchronized List<Path> jars() {
        List<Path> jars = new ArrayList<>();
        String classPath = System.getProperty("java.class.path");
        for (String entry : List.of(classPath.split(java.io.File.pathSeparator, -1))) {
            Path path = Path.of(entry);
            if (!Files.isDirectory(path)) {
                jars.add(path);
            } else if (!path.endsWith("test-classes")) {
                jars.add(packed(path));
            }
        }
        return jars;
    }

    private static Path packed(Path classes) {
        Path jar = FOLDER.resolve(Integer.toHexString(state(classes).hashCode()) + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        try (Stream<Path> files = Files.walk(classes)) {
            Files.createDirectories(FOLDER);
            Path unfinished = Files.createTempFile(FOLDER, "unfinished", ".jar");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(unfinished))) {
                for (Path file :
                        files.filter(each -> !each.equals(classes)).sorted().toList()) {
                    put(classes.relativize(file), file, out);
                }
            }
            return Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Folders have entries too: it is by them that beans are found. */
    private static void put(Path name, Path file, JarOutputStream out) throws IOException {
        if (Files.isDirectory(file)) {
            out.putNextEntry(new ZipEntry(name + "/"));
        } else {
            out.putNextEntry(new ZipEntry(name.toString()));
            long unused = Files.copy(file, out);
        }
        out.closeEntry();
    }

    private static String classes() {
        return jars() + System.getProperty("java.vm.version");
    }

    /** Its files with their sizes and times: another text whenever something was compiled anew. */
    private static String state(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .map(file -> file + " " + file.toFile().length() + " "
                            + file.toFile().lastModified())
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
