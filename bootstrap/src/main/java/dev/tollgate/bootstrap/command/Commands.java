package dev.tollgate.bootstrap.command;

import dev.tollgate.bootstrap.gateway.CommandDoor;
import dev.tollgate.bootstrap.gateway.DataFolderInUse;
import dev.tollgate.bootstrap.gateway.Installation;
import dev.tollgate.bootstrap.gateway.StoreFaults;
import dev.tollgate.bootstrap.settings.StartRefused;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs commands on the stores: here, or in the gateway that has them open. */
public final class Commands {
    private static final Duration ANSWER_MAX = Duration.ofMinutes(30);
    private static final int OK = 200;

    private Commands() {}

    /**
     * Runs one.
     *
     * @throws StartRefused if the stores cannot be had
     */
    public static Report run(Map<String, Object> properties, String name, Set<String> options, byte[] input) {
        try (Installation installation = Installation.open(properties)) {
            prepare(installation, name, options);
            return installation
                    .context()
                    .getBean(StoreCommand.class, Qualifiers.byName(name))
                    .run(options, input);
        } catch (DataFolderInUse e) {
            return ask(e.folder(), name, options, input);
        } catch (RuntimeException e) {
            throw StoreFaults.refusal(e);
        }
    }

    private static void prepare(Installation installation, String name, Set<String> options) {
        if (!name.equals(MigrateCommand.NAME)) {
            installation.prepare();
            installation.recover();
        } else if (options.contains(MigrateCommand.SEED)) {
            installation.migrateAndPrepare();
            installation.recover();
        }
    }

    private static Report ask(Path dataFolder, String name, Set<String> options, byte[] input) {
        List<String> door = CommandDoor.read(dataFolder);
        URI uri = URI.create(
                door.getFirst() + CommandsController.PATH + "/" + name + "?options=" + String.join(",", options));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER_MAX)
                .header(CommandsController.TOKEN, door.getLast())
                .header("content-type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(input))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw new StartRefused("the running gateway answered " + response.statusCode() + "; see its log");
            }
            int status = Integer.parseInt(
                    response.headers().firstValue(CommandsController.STATUS).orElseThrow());
            return new Report(status, response.body().lines().toList());
        } catch (IOException e) {
            throw new StartRefused("the running gateway cannot be reached at " + door.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused("interrupted", e);
        }
    }
}
