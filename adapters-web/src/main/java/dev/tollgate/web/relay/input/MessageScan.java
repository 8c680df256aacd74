package dev.tollgate.web.relay.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tollgate.application.relay.JsonMembers.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a list of messages (or a system prompt) holds, found in one pass over bytes that are known to be well-formed:
 * the media, which cost by the piece and not by their bytes, and the texts a conversation is known by.
 */
final class MessageScan {
    private static final Set<String> SYSTEM_ROLES = Set.of("system", "developer");
    private static final int TEXTS_MAX = 1_000;
    private static final int FILES_MAX = 100;

    private final byte[] body;
    private final int offset;
    private final boolean isSystem;
    private final Deque<Block> open = new ArrayDeque<>();
    private final MediaCount media;
    private final List<ByteRange> system = new ArrayList<>();
    private final List<ByteRange> cached = new ArrayList<>();
    private final List<ByteRange> cachedSystem = new ArrayList<>();
    private final Set<String> fileIds = new LinkedHashSet<>();
    private @Nullable List<ByteRange> first;

    private MessageScan(byte[] body, int offset, boolean isSystem) {
        this.body = body;
        this.offset = offset;
        this.isSystem = isSystem;
        this.media = new MediaCount(body);
    }

    static MessageScan ofMessages(byte[] body, @Nullable Value value) {
        return of(body, value, false);
    }

    /** Reads a system prompt given as blocks. */
    static MessageScan ofSystem(byte[] body, @Nullable Value value) {
        return of(body, value, true);
    }

    private static MessageScan of(byte[] body, @Nullable Value value, boolean isSystem) {
        MessageScan scan = new MessageScan(body, value == null ? 0 : value.start(), isSystem);
        if (value != null) {
            scan.walk(value.end() - value.start());
        }
        return scan;
    }

    MediaCount media() {
        return media;
    }

    /** The texts of all messages of a system's role. */
    List<ByteRange> system() {
        return system;
    }

    /** The texts of the first message that is not the system's; empty if there is none. */
    List<ByteRange> first() {
        return first == null ? List.of() : first;
    }

    /** The texts of all outermost blocks marked to be cached. */
    List<ByteRange> cached() {
        return cached;
    }

    /** The texts of all messages of a system's role that have a block marked to be cached. */
    List<ByteRange> cachedSystem() {
        return cachedSystem;
    }

    /** The ids of files uploaded before. */
    List<String> fileIds() {
        return List.copyOf(fileIds);
    }

    private void walk(int length) {
        try (JsonParser parser = LenientJson.FACTORY.createParser(body, offset, length)) {
            String name = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> begin(parser, name);
                    case END_OBJECT -> end(open.pop());
                    case VALUE_STRING -> text(parser, name);
                    default -> {}
                }
                name = token == JsonToken.FIELD_NAME ? parser.currentName() : "";
            }
        } catch (IOException e) {
            throw new UncheckedIOException("well-formed JSON could not be walked", e);
        }
    }

    /** What a tool was called with is text to the model, whatever it looks like. */
    private void begin(JsonParser parser, String name) throws IOException {
        if (name.equals("input")) {
            parser.skipChildren();
            return;
        }
        if (name.equals("cache_control") && !open.isEmpty()) {
            open.element().isCached = true;
        }
        open.push(new Block(name));
    }

    private void text(JsonParser parser, String name) throws IOException {
        if (open.isEmpty()) {
            return;
        }
        int quote = offset + (int) parser.currentTokenLocation().getByteOffset();
        ByteRange range = ByteRange.ofString(body, quote);
        open.element().take(name, range, body);
        if ((name.equals("text") || name.equals("content")) && outermost().texts.size() < TEXTS_MAX) {
            outermost().texts.add(range);
        }
    }

    private void end(Block block) {
        Block parent = open.peek();
        media.count(block, parent);
        if (!block.fileId.isEmpty() && fileIds.size() < FILES_MAX) {
            fileIds.add(block.fileId);
        }
        if (parent != null) {
            parent.isCached |= block.isCached && open.size() == 1;
            return;
        }
        if (isSystem || SYSTEM_ROLES.contains(block.role)) {
            system.addAll(block.texts);
        } else if (first == null) {
            first = block.texts;
        }
        if (block.isCached) {
            cached.addAll(block.texts);
        }
        if (block.isCached && SYSTEM_ROLES.contains(block.role)) {
            cachedSystem.addAll(block.texts);
        }
    }

    private Block outermost() {
        return open.getLast();
    }
}
