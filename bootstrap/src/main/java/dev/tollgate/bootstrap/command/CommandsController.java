package dev.tollgate.bootstrap.command;

import dev.tollgate.bootstrap.gateway.CommandDoor;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs commands of the same machine in the gateway that has the stores open; on the management port only. */
@Controller(value = CommandsController.PATH, port = "${endpoints.all.port}")
final class CommandsController {
    static final String PATH = "/commands";
    static final String TOKEN = "x-tollgate-token";
    static final String STATUS = "x-tollgate-exit-status";

    private final CommandDoor door;
    private final List<StoreCommand> commands;

    CommandsController(CommandDoor door, List<StoreCommand> commands) {
        this.door = door;
        this.commands = commands;
    }

    @Post("/{name}")
    @Consumes(MediaType.ALL)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> run(
            String name,
            @Header(TOKEN) Optional<String> token,
            @QueryValue(defaultValue = "") String options,
            @Body Optional<byte[]> input) {
        if (token.isEmpty() || !door.opensFor(token.get())) {
            return HttpResponse.status(HttpStatus.UNAUTHORIZED);
        }
        Set<String> given = Arrays.stream(options.split(",", -1))
                .filter(option -> !option.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        return commands.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .<HttpResponse<?>>map(command -> answer(command.run(given, input.orElse(new byte[0]))))
                .orElseGet(HttpResponse::notFound);
    }

    private static HttpResponse<?> answer(Report report) {
        return HttpResponse.ok(String.join("\n", report.lines()))
                .contentType(MediaType.TEXT_PLAIN_TYPE)
                .header(STATUS, Integer.toString(report.status()));
    }
}
