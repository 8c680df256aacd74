package dev.tollgate.web.relay.anthropic.messages;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A tool the caller's program runs and Anthropic's models know by its type alone. Other models are told its schema, as
 * Anthropic documents it (tool reference: bash, text editor, memory; 2025).
 */
enum ClientTool {
    BASH("bash_", "Run a command in a persistent bash session.", """
            {"type":"object","properties":{
            "command":{"type":"string","description":"The command to run. Required unless the session is restarted."},
            "restart":{"type":"boolean","description":"true restarts the session."}}}"""),
    TEXT_EDITOR("text_editor_", "View, create and edit text files.", """
            {"type":"object","properties":{
            "command":{"type":"string","enum":["view","create","str_replace","insert"]},
            "path":{"type":"string","description":"The file or directory."},
            "view_range":{"type":"array","items":{"type":"integer"},\
            "description":"For view: first and last line, from 1; -1 is the end."},
            "file_text":{"type":"string","description":"For create: the file's content."},
            "old_str":{"type":"string","description":"For str_replace: the text to replace, which must be unique."},
            "new_str":{"type":"string","description":"For str_replace: what replaces it; for insert: the new text."},
            "insert_line":{"type":"integer","description":"For insert: the line after which to insert, 0 for the start."},
            "insert_text":{"type":"string","description":"For insert: the new text."}},
            "required":["command","path"]}"""),
    MEMORY("memory_", "Read and write files below /memories, which outlive the conversation.", """
            {"type":"object","properties":{
            "command":{"type":"string","enum":["view","create","str_replace","insert","delete","rename"]},
            "path":{"type":"string","description":"The file or directory; for all commands but rename."},
            "view_range":{"type":"array","items":{"type":"integer"},"description":"For view: first and last line."},
            "file_text":{"type":"string","description":"For create: the file's content."},
            "old_str":{"type":"string","description":"For str_replace: the text to replace, which must be unique."},
            "new_str":{"type":"string","description":"For str_replace: what replaces it."},
            "insert_line":{"type":"integer","description":"For insert: the line after which to insert."},
            "insert_text":{"type":"string","description":"For insert: the new text."},
            "old_path":{"type":"string","description":"For rename."},
            "new_path":{"type":"string","description":"For rename."}},
            "required":["command"]}""");

    private final String types;
    private final String description;
    private final String schema;

    ClientTool(String types, String description, String schema) {
        this.types = types;
        this.description = description;
        this.schema = schema.replace("\n", "");
    }

    /** The tool of a dated type such as {@code bash_20250124}, null if it has no schema here. */
    static @Nullable ClientTool ofType(String type) {
        return Arrays.stream(values())
                .filter(tool -> type.startsWith(tool.types))
                .findFirst()
                .orElse(null);
    }

    String description() {
        return description;
    }

    String schema() {
        return schema;
    }
}
