package dev.tollgate.web.relay.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tollgate.application.relay.JsonMembers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Gemini's contents hold besides text, found in one pass over a body that is known to be well-formed. */
final class ContentScan {
    private static final Set<String> SYSTEM = Set.of("systemInstruction", "system_instruction");
    private static final Set<String> MEDIA = Set.of("inlineData", "inline_data");
    private static final Set<String> FILES = Set.of("fileData", "file_data");
    private static final Set<String> CACHES = Set.of("cachedContent", "cached_content");

    /** What a function takes and gives, and settings: text to the model, whatever it looks like. */
    private static final Set<String> TEXT_ONLY =
            Set.of("args", "response", "tools", "toolConfig", "tool_config", "generationConfig", "generation_config");

    private static final int AUDIO_BYTES_PER_TOKEN = 16;
    private static final int TEXTS_MAX = 1_000;

    private final byte[] body;
    private final int offset;
    private final Deque<Opened> open = new ArrayDeque<>();
    private final List<ByteRange> system = new ArrayList<>();
    private final List<ByteRange> first = new ArrayList<>();
    private final References references;
    private boolean isFirstOver;
    private long dataBytes;
    private long images;
    private long audioTokens;
    private boolean isBounded = true;

    /** An object that is being read, by the member it stands under. */
    private static final class Opened {
        final String name;
        String mimeType = "";

        @Nullable
        ByteRange data;

        Opened(String name) {
            this.name = name;
        }
    }

    private ContentScan(byte[] body, JsonMembers members) {
        this.body = body;
        this.offset = members.start();
        this.references = new References(members);
    }

    static ContentScan of(byte[] body, JsonMembers members) {
        ContentScan scan = new ContentScan(body, members);
        scan.walk(members.end() - members.start());
        return scan;
    }

    /** Bytes that are no text and have been counted by the piece; measured as the body's are, escapes undone. */
    long dataBytes() {
        return dataBytes;
    }

    long images() {
        return images;
    }

    long audioTokens() {
        return audioTokens;
    }

    /** Whether the tokens can be bounded by what is in the bytes: not with films, documents and what lies elsewhere. */
    boolean isBounded() {
        return isBounded;
    }

    List<ByteRange> system() {
        return system;
    }

    /** The texts of the first content. */
    List<ByteRange> first() {
        return first;
    }

    List<String> references() {
        return references.list();
    }

    private void walk(int length) {
        try (JsonParser parser = LenientJson.FACTORY.createParser(body, offset, length)) {
            Deque<String> lists = new ArrayDeque<>(List.of(""));
            String name = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_ARRAY -> lists.push(name);
                    case END_ARRAY -> lists.pop();
                    case START_OBJECT -> begin(parser, name.isEmpty() ? lists.element() : name);
                    case END_OBJECT -> end();
                    case VALUE_STRING -> text(parser, name);
                    default -> {}
                }
                name = token == JsonToken.FIELD_NAME ? parser.currentName() : "";
            }
        } catch (IOException e) {
            throw new UncheckedIOException("well-formed JSON could not be walked", e);
        }
    }

    private void begin(JsonParser parser, String name) throws IOException {
        if (TEXT_ONLY.contains(name)) {
            parser.skipChildren();
            return;
        }
        open.push(new Opened(name));
    }

    private void end() {
        Opened ended = open.pop();
        if (MEDIA.contains(ended.name)) {
            media(ended);
        } else if (FILES.contains(ended.name)) {
            isBounded = false;
        } else if (ended.name.equals("contents") || (open.size() == 1 && ended.name.equals("content"))) {
            isFirstOver = true;
        }
    }

    private void media(Opened media) {
        long length = media.data == null ? 0 : media.data.utf8Length(body);
        if (media.mimeType.startsWith("image/")) {
            images++;
            dataBytes += length;
        } else if (media.mimeType.startsWith("audio/")) {
            dataBytes += length;
            audioTokens += length / AUDIO_BYTES_PER_TOKEN + 1;
        } else if (!media.mimeType.startsWith("text/")) {
            isBounded = false;
        }
    }

    private void text(JsonParser parser, String name) throws IOException {
        Opened inside = open.peek();
        if (inside == null) {
            return;
        }
        if (CACHES.contains(name)) {
            references.add(parser.getText());
            isBounded = false;
        } else if (FILES.contains(inside.name)) {
            if (name.equals("fileUri") || name.equals("file_uri")) {
                reference(parser.getText());
            }
        } else if (MEDIA.contains(inside.name)) {
            if (name.equals("mimeType") || name.equals("mime_type")) {
                inside.mimeType = parser.getText().strip().toLowerCase(java.util.Locale.ROOT);
            } else if (name.equals("data")) {
                inside.data = range(parser);
            }
        } else if (name.equals("text")) {
            words(range(parser));
        }
    }

    /** A file uploaded before, {@code https://…/files/ID}; what lies anywhere else every account can read. */
    private void reference(String uri) {
        int mark = uri.indexOf("files/");
        boolean isUploaded = mark == 0 || uri.contains("generativelanguage.googleapis.com/");
        if (mark >= 0 && isUploaded) {
            references.add(uri.substring(mark));
        }
    }

    private void words(ByteRange range) {
        boolean isSystem = open.stream().anyMatch(object -> SYSTEM.contains(object.name));
        List<ByteRange> texts = isSystem ? system : first;
        if ((isSystem || !isFirstOver) && texts.size() < TEXTS_MAX) {
            texts.add(range);
        }
    }

    private ByteRange range(JsonParser parser) {
        return ByteRange.ofString(
                body, offset + (int) parser.currentTokenLocation().getByteOffset());
    }
}
