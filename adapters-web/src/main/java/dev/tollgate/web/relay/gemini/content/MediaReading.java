package dev.tollgate.web.relay.gemini.content;

import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a part holds besides text. Files at Google, and videos, no other platform can read: they are refused. */
final class MediaReading {
    private static final String PDF = "application/pdf";
    private static final Set<String> VIDEO_HOSTS =
            Set.of("youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be");

    private MediaReading() {}

    /** The media of a part, nothing if it has none. */
    static List<Part> media(ProtoMembers part) {
        ProtoMembers inline = part.object("inlineData");
        if (inline != null) {
            return inline(inline);
        }
        ProtoMembers file = part.object("fileData");
        return file == null ? List.of() : file(file);
    }

    private static List<Part> inline(ProtoMembers blob) {
        String type = type(blob.needText("mimeType"));
        String name = blob.text("displayName");
        // Both alphabets of base64 are Google's; others take only the one.
        String data = blob.needText("data").replace('-', '+').replace('_', '/');
        blob.dropRest();
        Media.Inline media = new Media.Inline(type, data);
        if (type.startsWith("audio/")) {
            return List.of(new Part.Audio(media));
        }
        if (type.startsWith("text/")) {
            String text = decoded(data);
            if (text == null) {
                blob.refuse("data", "must be base64");
            }
            return List.of(new Part.Document(new Media.PlainText(text == null ? "" : text), name));
        }
        return seen(blob, type, media, name);
    }

    private static List<Part> file(ProtoMembers file) {
        String uri = file.needText("fileUri");
        String told = file.text("mimeType");
        String name = file.text("displayName");
        file.dropRest();
        String host = host(uri);
        if (host == null || host.endsWith(".googleapis.com")) {
            file.refuse("fileUri", "a file of one provider is unknown to the one that serves this model");
            return List.of();
        }
        if (VIDEO_HOSTS.contains(host)) {
            file.refuse("fileUri", "the model that serves this call reads no videos");
            return List.of();
        }
        String type = told == null ? guessed(uri) : type(told);
        if (type.startsWith("audio/")) {
            file.refuse("fileUri", "sound must be in the request itself for this model");
            return List.of();
        }
        return seen(file, type, new Media.Url(uri, told == null && !type.equals(PDF) ? null : type), name);
    }

    private static List<Part> seen(ProtoMembers owner, String type, Media media, @Nullable String name) {
        if (type.startsWith("video/")) {
            owner.refuse("mimeType", "the model that serves this call reads no videos");
            return List.of();
        }
        return List.of(type.startsWith("image/") ? new Part.Image(media, null) : new Part.Document(media, name));
    }

    /** Without its parameters, in small letters. */
    private static String type(String told) {
        int end = told.indexOf(';');
        return (end < 0 ? told : told.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static String guessed(String uri) {
        return uri.toLowerCase(Locale.ROOT).endsWith(".pdf") ? PDF : "image/*";
    }

    /** Null if it is no http address. */
    private static @Nullable String host(String uri) {
        try {
            URI parsed = URI.create(uri);
            String scheme = parsed.getScheme() == null ? "" : parsed.getScheme().toLowerCase(Locale.ROOT);
            boolean isHttp = scheme.equals("http") || scheme.equals("https");
            return isHttp && parsed.getHost() != null ? parsed.getHost().toLowerCase(Locale.ROOT) : null;
        } catch (IllegalArgumentException noUri) {
            return null;
        }
    }

    private static @Nullable String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
