package dev.tollgate.web.relay.models;

import dev.tollgate.domain.pricing.Model;
import io.micronaut.http.HttpParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a list of models: those after or before a name, at most so many. */
record ModelPage(List<Model> models, boolean hasMore) {
    private static final int LIMIT = 20;
    private static final int LIMIT_MAX = 1_000;

    /** The page that {@code after_id}, {@code before_id} and {@code limit} ask for; a name that is not there is ignored. */
    static ModelPage of(List<Model> all, HttpParameters query) {
        int limit = limit(query.get("limit"));
        int before = indexOf(all, query.get("before_id"));
        if (before >= 0) {
            int from = Math.max(0, before - limit);
            return new ModelPage(all.subList(from, before), from > 0);
        }
        int from = indexOf(all, query.get("after_id")) + 1;
        int to = Math.min(all.size(), from + limit);
        return new ModelPage(all.subList(from, to), to < all.size());
    }

    @Nullable
    String firstName() {
        return models.isEmpty() ? null : models.get(0).name();
    }

    @Nullable
    String lastName() {
        return models.isEmpty() ? null : models.get(models.size() - 1).name();
    }

    private static int indexOf(List<Model> all, @Nullable String name) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static int limit(@Nullable String text) {
        if (text == null || !text.matches("\\d{1,9}")) {
            return LIMIT;
        }
        return Math.clamp(Integer.parseInt(text), 1, LIMIT_MAX);
    }
}
