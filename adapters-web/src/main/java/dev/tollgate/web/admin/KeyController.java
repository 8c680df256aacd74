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

/** All keys, for admins. */
@Controller("/api/admin/api-keys")
@ExecuteOn(TaskExecutors.BLOCKING)
final class KeyController {
    private final KeyCalls keys;

    KeyController(KeyCalls keys) {
        this.keys = keys;
    }

    @Get
    Envelope<ItemPage<KeyView>> list(HttpRequest<?> request) {
        return keys.list(request, null);
    }

    @Post
    Envelope<KeyView> issue(HttpRequest<?> request, @Body @Nullable JsonNode json) {
        JsonBody body = JsonBody.of(json);
        Given<Long> user = body.id("user_id").required();
        KeyBody fields = KeyBody.declare(body, true, true);
        body.check();
        return keys.issue(request, new UserId(user.value()), fields);
    }

    @Get("/{id}")
    Envelope<KeyView> read(long id) {
        return keys.read(null, id);
    }

    @Put("/{id}")
    Envelope<KeyView> edit(HttpRequest<?> request, long id, @Body @Nullable JsonNode json) {
        return keys.edit(request, null, true, id, json);
    }

    @Delete("/{id}")
    Envelope<Object> remove(HttpRequest<?> request, long id) {
        return keys.remove(request, null, id);
    }

    @Post("/{id}/rotate")
    Envelope<KeyView> rotate(HttpRequest<?> request, long id) {
        return keys.rotate(request, null, id);
    }
}
