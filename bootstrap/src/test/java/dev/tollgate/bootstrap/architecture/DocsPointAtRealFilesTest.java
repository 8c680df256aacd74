package dev.tollgate.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocsPointAtRealFilesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED =
            Pattern.compile("`((?:domain|application|adapters-\\w+|bootstrap|docs|\\.ci)/[\\w./-]+)`");
    private static final Pattern LINKED = Pattern.compile("]\\((?!\\w+:|#|/)([^)#\\s]+)[^)]*\\)");

    @Test
    void every_path_named_in_the_docs_exists() throws IOException {
        assertThat(pages().flatMap(page -> matches(NAMED, page).map(ROOT::resolve)))
                .allSatisfy(DocsPointAtRealFilesTest::exists);
    }

    @Test
    void every_relative_link_in_the_docs_leads_somewhere() throws IOException {
        assertThat(pages().flatMap(page -> matches(LINKED, page).map(page::resolveSibling)))
                .allSatisfy(DocsPointAtRealFilesTest::exists);
    }

    private static void exists(Path path) {
        assertThat(path.normalize()).exists();
    }

    private static Stream<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs =
                        Files.isDirectory(ROOT.resolve("docs")) ? Files.walk(ROOT.resolve("docs")) : Stream.empty()) {
            List<Path> pages = Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
            return pages.stream();
        }
    }

    private static Stream<String> matches(Pattern pattern, Path page) {
        try {
            return pattern.matcher(Files.readString(page)).results().map(match -> match.group(1)).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
