package dev.tollgate.web.relay.openai.conversation;

import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.web.relay.conversation.DataUrl;
import dev.tollgate.web.relay.conversation.Members;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Pictures, sounds and files in a request. Null is a refusal already noted. */
public final class OpenAiMedia {
    private static final String PDF = "application/pdf";

    private OpenAiMedia() {}

    /** A picture whose URL and detail are members of {@code holder}. */
    public static @Nullable Part image(Members holder, String urlName) {
        if (isForeign(holder)) {
            return null;
        }
        Media media = DataUrl.media(holder.needText(urlName));
        if (media == null) {
            holder.refuse(urlName, "must be an http URL or a base64 data URL with its type");
            return null;
        }
        return new Part.Image(media, holder.text("detail"));
    }

    public static Part audio(Members audio) {
        return new Part.Audio(new Media.Inline("audio/" + audio.needText("format"), audio.needText("data")));
    }

    /** A file whose content, URL and name are members of {@code holder}. */
    public static @Nullable Part file(Members holder) {
        if (isForeign(holder)) {
            return null;
        }
        String name = holder.text("filename");
        String data = holder.text("file_data");
        if (data == null) {
            String url = holder.needText("file_url");
            return DataUrl.media(url) instanceof Media.Url there
                    ? new Part.Document(there, name)
                    : bad(holder, "file_url");
        }
        Media.Inline inline = data.startsWith("data:") ? DataUrl.inline(data) : new Media.Inline(PDF, data);
        if (inline == null) {
            return bad(holder, "file_data");
        }
        if (inline.mimeType().startsWith("image/")) {
            return new Part.Image(inline, null);
        }
        Media media = inline.mimeType().startsWith("text/") ? text(inline) : inline;
        return media == null ? bad(holder, "file_data") : new Part.Document(media, name);
    }

    private static boolean isForeign(Members holder) {
        boolean isForeign = holder.has("file_id");
        if (isForeign) {
            holder.refuse("file_id", "the model's provider has no file of another provider; send its content");
        }
        return isForeign;
    }

    private static @Nullable Part bad(Members holder, String name) {
        holder.refuse(name, "must be an http URL or base64 data");
        return null;
    }

    private static @Nullable Media text(Media.Inline inline) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(inline.base64());
            return new Media.PlainText(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException notText) {
            return null;
        }
    }
}
