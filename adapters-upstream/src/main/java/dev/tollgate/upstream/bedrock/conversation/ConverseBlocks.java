package dev.tollgate.upstream.bedrock.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.Part;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The content blocks of messages. */
final class ConverseBlocks {
    private static final int DOCUMENT_NAME_MAX = 200;

    private final ConverseTools tools;
    private final Losses losses;
    private final Set<String> documentNames = new HashSet<>();

    ConverseBlocks(ConverseTools tools, Losses losses) {
        this.tools = tools;
        this.losses = losses;
    }

    /**
     * Writes the parts of one turn.
     *
     * @param prefill whether the model is to go on with the last of them, which must not end in white space then
     */
    void write(ArrayNode content, List<Part> parts, boolean prefill) {
        boolean document = false;
        boolean text = false;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            document |= part instanceof Part.Document;
            text |= part instanceof Part.Text;
            boolean last = prefill && i == parts.size() - 1;
            write(content.addObject(), last && part instanceof Part.Text(String end) ? stripped(end) : part);
        }
        if (document && !text) { // a document alone is refused
            content.addObject().put("text", "Read the document.");
        }
    }

    private static Part stripped(String end) {
        return new Part.Text(end.stripTrailing());
    }

    private void write(ObjectNode block, Part part) {
        switch (part) {
            case Part.Text(String text) -> block.put("text", text);
            case Part.Refusal(String text) -> block.put("text", text);
            case Part.Image image -> writeImage(block.putObject("image"), image.media());
            case Part.Document document -> writeDocument(block.putObject("document"), document);
            case Part.Audio(Media.Inline media) -> writeAudio(block.putObject("audio"), media);
            case Part.Thinking thinking -> {
                ObjectNode told = block.putObject("reasoningContent").putObject("reasoningText");
                told.put("text", thinking.text());
                if (thinking.signature() != null) {
                    told.put("signature", thinking.signature().value());
                }
            }
            case Part.Redacted redacted ->
                block.putObject("reasoningContent")
                        .put("redactedContent", redacted.data().value());
            case Part.ToolCall call -> {
                ObjectNode use = block.putObject("toolUse");
                use.put("toolUseId", tools.safeId(call.id())).put("name", tools.safeName(call.name()));
                Tree.put(use, "input", call.arguments());
            }
            case Part.ToolResult result -> writeResult(block.putObject("toolResult"), result);
        }
    }

    private void writeResult(ObjectNode block, Part.ToolResult result) {
        block.put("toolUseId", tools.safeId(result.callId()));
        ArrayNode content = block.putArray("content");
        for (Part part : result.content()) {
            if (!(part instanceof Part.Text(String text) && text.isBlank())) {
                write(content.addObject(), part);
            }
        }
        if (content.isEmpty()) { // a result must say something
            content.addObject().put("text", "(empty)");
        }
        if (result.isError()) {
            block.put("status", "error");
        }
    }

    private void writeImage(ObjectNode block, Media media) {
        if (!(media instanceof Media.Inline inline)) {
            losses.refuse(
                    CallerField.CONTENT, "Images given by address are not taken by this platform: send their bytes");
            return;
        }
        String format = Formats.image(inline.mimeType());
        if (format == null) {
            losses.refuse(CallerField.CONTENT, "Images are png, jpeg, gif or webp, not " + inline.mimeType());
            return;
        }
        block.put("format", format).putObject("source").put("bytes", inline.base64());
    }

    private void writeAudio(ObjectNode block, Media.Inline media) {
        String format = Formats.audio(media.mimeType());
        if (format == null) {
            losses.refuse(CallerField.CONTENT, "This platform takes no sound of type " + media.mimeType());
            return;
        }
        block.put("format", format).putObject("source").put("bytes", media.base64());
    }

    private void writeDocument(ObjectNode block, Part.Document document) {
        switch (document.media()) {
            case Media.Inline inline -> {
                String format = Formats.document(inline.mimeType());
                if (format == null) {
                    losses.refuse(CallerField.CONTENT, "This platform takes no files of type " + inline.mimeType());
                    return;
                }
                writeDocument(block, format, document.name(), inline.base64());
            }
            case Media.PlainText(String text) ->
                writeDocument(block, "txt", document.name(), Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
            case Media.Url url ->
                losses.refuse(
                        CallerField.CONTENT, "Files given by address are not taken by this platform: send their bytes");
        }
    }

    private void writeDocument(ObjectNode block, String format, @Nullable String name, String base64) {
        block.put("format", format).put("name", documentName(name));
        block.putObject("source").put("bytes", base64);
    }

    /** Letters, digits, single spaces, hyphens and brackets, and no name twice; without its ending. */
    private String documentName(@Nullable String name) {
        String bare = name == null ? "" : name.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
        String plain = bare.replaceAll("[^a-zA-Z0-9()\\[\\]-]+", " ").strip();
        String base =
                plain.isEmpty() ? "document" : plain.substring(0, Math.min(plain.length(), DOCUMENT_NAME_MAX - 8));
        String told = base;
        for (int number = 2; !documentNames.add(told.toLowerCase(Locale.ROOT)); number++) {
            told = base + " (" + number + ")";
        }
        return told;
    }
}
