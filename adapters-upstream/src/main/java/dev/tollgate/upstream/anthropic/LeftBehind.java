package dev.tollgate.upstream.anthropic;

import dev.tollgate.upstream.meter.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The container an answer's tools ran in and the files they wrote there, which later calls may name. */
final class LeftBehind {
    private static final int FILES_MAX = 100;

    private final Set<String> containers = new LinkedHashSet<>();
    private final Set<String> files = new LinkedHashSet<>();

    /** Reads a member {@code container}, of a message or of the change at its end. */
    void container(@Nullable Object container) {
        String id = JsonTree.text(JsonTree.object(container).get("id"));
        if (!id.isEmpty()) {
            containers.add(id);
        }
    }

    /** Reads every {@code file_id} in a block of content, or in a list of them, but for what a tool is called with. */
    void files(@Nullable Object content) {
        if (content instanceof List<?> elements) {
            elements.forEach(this::files);
        }
        JsonTree.object(content).forEach((name, value) -> {
            if (name.equals("file_id") && value instanceof String id && files.size() < FILES_MAX) {
                files.add(id);
            } else if (!name.equals("input")) {
                files(value);
            }
        });
    }

    List<String> ids() {
        List<String> ids = new ArrayList<>(containers);
        ids.addAll(files);
        return ids;
    }
}
