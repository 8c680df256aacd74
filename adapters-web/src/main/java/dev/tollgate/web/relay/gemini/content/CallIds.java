package dev.tollgate.web.relay.gemini.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Ids for the function calls of one body. In this dialect a call may have none, and then its response is paired with it
 * by name and order; an id that was used before in the conversation is made anew.
 */
final class CallIds {
    /** @param told the caller's id, null if it gave none */
    private record Open(@Nullable String told, String name, String id) {}

    private final List<Open> open = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    /** The id of a call. */
    String call(String name, @Nullable String told) {
        String id = told != null && !told.isEmpty() && used.add(told) ? told : fresh();
        open.add(new Open(told, name, id));
        return id;
    }

    /** The id of the call a response belongs to; one of its own if there is no such call. */
    String response(String name, @Nullable String told) {
        Open byId = told == null ? null : taken(call -> told.equals(call.told()));
        Open found = byId == null ? taken(call -> name.equals(call.name())) : byId;
        if (found != null) {
            return found.id();
        }
        return told == null || told.isEmpty() ? fresh() : told;
    }

    private @Nullable Open taken(Predicate<Open> isMeant) {
        for (Iterator<Open> calls = open.iterator(); calls.hasNext(); ) {
            Open call = calls.next();
            if (isMeant.test(call)) {
                calls.remove();
                return call;
            }
        }
        return null;
    }

    private String fresh() {
        int number = used.size() + 1;
        while (!used.add("call_" + number)) {
            number++;
        }
        return "call_" + number;
    }
}
