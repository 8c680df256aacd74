package dev.tollgate.web.admin;

import dev.tollgate.application.apikey.ApiKeys;
import dev.tollgate.application.apikey.KeyFigures;
import dev.tollgate.application.apikey.KeyFigures.Figures;
import dev.tollgate.application.apikey.ManageApiKeys;
import dev.tollgate.application.apikey.ManageApiKeys.Issued;
import dev.tollgate.application.apikey.StoredKey;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import io.micronaut.http.HttpRequest;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the calls for keys do, whether an admin makes them (owner null, or the user whose keys they are) or a user. */
@Singleton
public final class KeyCalls {
    private static final String SUBJECT = "api-keys";

    private final ManageApiKeys keys;
    private final KeyFigures figures;

    KeyCalls(ManageApiKeys keys, KeyFigures figures) {
        this.keys = keys;
        this.figures = figures;
    }

    public Envelope<ItemPage<KeyView>> list(HttpRequest<?> request, @Nullable UserId owner) {
        PageQuery query = Paging.of(request, ApiKeys.SORTABLE);
        Page<StoredKey> page = keys.list(owner, query);
        Map<ApiKeyId, Figures> all =
                figures.of(page.items().stream().map(StoredKey::id).toList());
        return ItemPage.of(page, query, key -> KeyView.of(key, null, all.getOrDefault(key.id(), Figures.NONE)));
    }

    public Envelope<KeyView> read(@Nullable UserId owner, long id) {
        return Envelope.of(shown(existing(owner, id)));
    }

    public Envelope<KeyView> issue(HttpRequest<?> request, UserId user, KeyBody body) {
        Issued issued = keys.issue(user, body.terms()).orElseThrow(() -> ApiFailure.notFound("user"));
        OperationNote.leave(request, SUBJECT, issued.key().id().value(), null, KeyView.of(issued.key(), null, null));
        return whole(issued);
    }

    public Envelope<KeyView> rotate(HttpRequest<?> request, @Nullable UserId owner, long id) {
        StoredKey before = existing(owner, id);
        Issued issued = keys.rotate(owner, new ApiKeyId(id)).orElseThrow(KeyCalls::noSuchKey);
        OperationNote.leave(request, SUBJECT, id, KeyView.of(before, null, null), KeyView.of(issued.key(), null, null));
        return whole(issued);
    }

    public Envelope<KeyView> edit(
            HttpRequest<?> request, @Nullable UserId owner, boolean byAdmin, long id, @Nullable JsonNode json) {
        StoredKey before = existing(owner, id);
        JsonBody body = JsonBody.of(json);
        KeyBody fields = KeyBody.declare(body, false, byAdmin);
        body.check();
        StoredKey after = keys.change(owner, new ApiKeyId(id), fields::over).orElseThrow(KeyCalls::noSuchKey);
        OperationNote.leave(request, SUBJECT, id, KeyView.of(before, null, null), KeyView.of(after, null, null));
        return Envelope.of(shown(after));
    }

    public Envelope<Object> remove(HttpRequest<?> request, @Nullable UserId owner, long id) {
        StoredKey removed = keys.remove(owner, new ApiKeyId(id)).orElseThrow(KeyCalls::noSuchKey);
        OperationNote.leave(request, SUBJECT, id, KeyView.of(removed, null, null), null);
        return Envelope.done();
    }

    private StoredKey existing(@Nullable UserId owner, long id) {
        return keys.find(owner, new ApiKeyId(id)).orElseThrow(KeyCalls::noSuchKey);
    }

    private KeyView shown(StoredKey key) {
        Figures own = figures.of(List.of(key.id())).getOrDefault(key.id(), Figures.NONE);
        return KeyView.of(key, null, own);
    }

    private static Envelope<KeyView> whole(Issued issued) {
        return Envelope.of(KeyView.of(issued.key(), issued.text().text(), Figures.NONE));
    }

    private static ApiFailure noSuchKey() {
        return ApiFailure.notFound("API key");
    }
}
