package dev.tollgate.web.admin;

import dev.tollgate.domain.identity.UserId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;

/** One user's keys, for admins. */
@Controller("/api/admin/users/{userId}/api-keys")
@ExecuteOn(TaskExecutors.BLOCKING)
final class UserKeyController {
    private final KeyCalls keys;

    UserKeyController(KeyCalls keys) {
        this.keys = keys;
    }

    @Get
    Envelope<ItemPage<KeyView>> list(HttpRequest<?> request, long userId) {
        return keys.list(request, new UserId(userId));
    }

    @Post
    Envelope<KeyView> issue(HttpRequest<?> request, long userId, @Body @Nullable JsonNode json) {
        JsonBody body = JsonBody.of(json);
        KeyBody fields = KeyBody.declare(body, true, true);
        body.check();
        return keys.issue(request, new UserId(userId), fields);
    }

    @Get("/{id}")
    Envelope<KeyView> read(long userId, long id) {
        return keys.read(new UserId(userId), id);
    }

    @Put("/{id}")
    Envelope<KeyView> edit(HttpRequest<?> request, long userId, long id, @Body @Nullable JsonNode json) {
        return keys.edit(request, new UserId(userId), true, id, json);
    }

    @Delete("/{id}")
    Envelope<Object> remove(HttpRequest<?> request, long userId, long id) {
        return keys.remove(request, new UserId(userId), id);
    }

    @Post("/{id}/rotate")
    Envelope<KeyView> rotate(HttpRequest<?> request, long userId, long id) {
        return keys.rotate(request, new UserId(userId), id);
    }
}
