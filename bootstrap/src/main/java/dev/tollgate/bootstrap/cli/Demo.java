package dev.tollgate.bootstrap.cli;

import dev.tollgate.bootstrap.demo.DemoData;
import dev.tollgate.bootstrap.gateway.Gateway;
import dev.tollgate.bootstrap.settings.GatewaySetting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demo}: a gateway in a throw-away folder, with an upstream inside the process and a month behind it. */
@Command(
        name = "demo",
        description =
                "Starts a gateway to try: throw-away data, a simulated provider, users, keys and a month of usage.",
        mixinStandardHelpOptions = true)
final class Demo implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Files.createTempDirectory("tollgate-demo-");
        AtomicReference<Optional<DemoData.Added>> added = new AtomicReference<>(Optional.empty());
        try {
            Gateway gateway = Gateway.start(
                    Map.of(
                            GatewaySetting.DATA_DIR.property(), folder.toString(),
                            GatewaySetting.MYSQL_URL.property(), "",
                            GatewaySetting.REDIS_URI.property(), ""),
                    context -> added.set(context.getBean(DemoData.class).add()),
                    password -> Welcome.printPassword(password, out));
            Welcome.print(gateway, out);
            added.get().ifPresent(data -> Welcome.printDemo(gateway, data, out));
            return Serving.until(gateway, () -> delete(folder));
        } catch (RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
