package dev.tollgate.web.self;

import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.ItemPage;
import dev.tollgate.web.admin.JsonBody;
import dev.tollgate.web.admin.KeyBody;
import dev.tollgate.web.admin.KeyCalls;
import dev.tollgate.web.admin.KeyView;
import dev.tollgate.web.admin.SignedIn;
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

/** One's own keys; those of others are as if they did not exist. */
@Controller("/api/api-keys")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OwnKeyController {
    private final KeyCalls keys;

    OwnKeyController(KeyCalls keys) {
        this.keys = keys;
    }

    @Get
    Envelope<ItemPage<KeyView>> list(HttpRequest<?> request, SignedIn caller) {
        return keys.list(request, caller.userId());
    }

    @Post
    Envelope<KeyView> issue(HttpRequest<?> request, SignedIn caller, @Body @Nullable JsonNode json) {
        JsonBody body = JsonBody.of(json);
        KeyBody fields = KeyBody.declare(body, true, false);
        body.check();
        return keys.issue(request, caller.userId(), fields);
    }

    @Get("/{id}")
    Envelope<KeyView> read(SignedIn caller, long id) {
        return keys.read(caller.userId(), id);
    }

    @Put("/{id}")
    Envelope<KeyView> edit(HttpRequest<?> request, SignedIn caller, long id, @Body @Nullable JsonNode json) {
        return keys.edit(request, caller.userId(), false, id, json);
    }

    @Delete("/{id}")
    Envelope<Object> remove(HttpRequest<?> request, SignedIn caller, long id) {
        return keys.remove(request, caller.userId(), id);
    }

    @Post("/{id}/rotate")
    Envelope<KeyView> rotate(HttpRequest<?> request, SignedIn caller, long id) {
        return keys.rotate(request, caller.userId(), id);
    }
}
