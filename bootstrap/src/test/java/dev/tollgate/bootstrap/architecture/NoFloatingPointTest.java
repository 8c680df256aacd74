package dev.tollgate.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Upstream;
import dev.tollgate.domain.money.Money;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NoFloatingPointTest {
    @Test
    void the_domain_counts_in_whole_numbers() throws IOException, URISyntaxException {
        assertThat(floatingPointBeside(Money.class)).isEmpty();
    }

    @Test
    void the_application_counts_in_whole_numbers() throws IOException, URISyntaxException {
        assertThat(floatingPointBeside(Upstream.class)).isEmpty();
    }

    @Test
    void a_fraction_inside_a_whole_expression_is_found() throws IOException {
        assertThat(floatingPointIn(Tithe.class)).containsExactly(Tithe.class.getName() + ".of");
    }

    @Test
    void a_fraction_taken_from_another_type_is_found() throws IOException {
        assertThat(floatingPointIn(Borrowed.class)).containsExactly(Borrowed.class.getName() + ".of");
    }

    @Test
    void a_fraction_behind_a_method_reference_is_found() throws IOException {
        assertThat(floatingPointIn(Referred.class)).containsExactly(Referred.class.getName() + ".of");
    }

    @Test
    void a_field_that_holds_a_fraction_is_found() throws IOException {
        assertThat(floatingPointIn(Held.class)).contains(Held.class.getName() + ".share");
    }

    @Test
    void whole_numbers_and_type_names_with_an_f_or_a_d_are_left_alone() throws IOException {
        assertThat(floatingPointIn(Whole.class)).isEmpty();
    }

    private static List<String> floatingPointBeside(Class<?> member) throws IOException, URISyntaxException {
        Path place = Path.of(
                member.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return floatingPointUnder(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return floatingPointUnder(jar.getPath("/"));
        }
    }

    private static List<String> floatingPointUnder(Path root) throws IOException {
        List<Path> classFiles;
        try (Stream<Path> files = Files.walk(root)) {
            classFiles =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
        }
        assertThat(classFiles).isNotEmpty();
        var places = new ArrayList<String>();
        for (Path file : classFiles) {
            try (InputStream bytes = Files.newInputStream(file)) {
                places.addAll(FloatingPoint.in(bytes));
            }
        }
        return places;
    }

    private static List<String> floatingPointIn(Class<?> type) throws IOException {
        String name = type.getName().replaceFirst(".*\\.", "") + ".class";
        try (InputStream bytes = Objects.requireNonNull(type.getResourceAsStream(name))) {
            return FloatingPoint.in(bytes);
        }
    }

    interface FD {}

    static final class Tithe {
        static long of(long n) {
            return (long) (n * 0.1);
        }
    }

    static final class Borrowed {
        static String of(Number n) {
            return String.valueOf(n.doubleValue());
        }
    }

    static final class Referred {
        static ToLongFunction<Double> of() {
            return Double::longValue;
        }
    }

    record Held(double share) {}

    record Whole(long tokens, int id, UUID name, List<FD> folders) {
        long doubled() {
            return Math.multiplyExact(tokens, 2);
        }
    }
}
