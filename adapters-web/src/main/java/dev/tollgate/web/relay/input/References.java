package dev.tollgate.web.relay.input;

import dev.tollgate.application.relay.JsonMembers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the ids of what an earlier call left at an account. */
final class References {
    /** Longer than any provider's ids are. */
    private static final int CHARS_MAX = 200;

    private final JsonMembers members;
    private final List<String> ids = new ArrayList<>();

    References(JsonMembers members) {
        this.members = members;
    }

    void addMember(String name) {
        add(id(members, name));
    }

    /** The id a member is, or the one its object has; null if it has none. */
    static @Nullable String id(JsonMembers members, String name) {
        return members.object(name) instanceof JsonMembers object ? object.text("id") : members.text(name);
    }

    void add(@Nullable String id) {
        if (id != null && !id.isBlank() && id.length() <= CHARS_MAX && !ids.contains(id)) {
            ids.add(id);
        }
    }

    void addAll(List<String> more) {
        more.forEach(this::add);
    }

    List<String> list() {
        return List.copyOf(ids);
    }
}
