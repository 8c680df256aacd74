package dev.tollgate.upstream.meter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.UpstreamRequest;
import java.io.IOException;

/**
 * Token counts of our own, by OpenAI's o200k vocabulary for every model: an estimate, used only where the upstream
 * gave no usage that can be believed. Takes time: never on an event loop.
 */
public final class LocalCount {
    private static final int PIECE_CHARS = 4096;
    private static final long TEXT_CHARS_MAX = 4_000_000;
    private static final int TOKENS_PER_MESSAGE = 4;
    private static final int TOKENS_PER_BINARY = 800;
    private static final int BYTES_PER_TOKEN = 4;
    private static final int BINARY_CHARS_MIN = 512;

    private LocalCount() {}

    /** The vocabulary takes a moment to load and is seldom needed. */
    private static final class Vocabulary {
        static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }

    /** A rough count that costs nothing, for while a call runs. */
    public static long roughly(long bytes) {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }

    /** A rough count of a request; what a form carries is sound or images, and no words. */
    static long inputRoughly(UpstreamRequest request) {
        CallBody body = request.call().body();
        return isJson(body) ? Math.min(roughly(body.bytes().length), request.contextWindow()) : 0;
    }

    /** The tokens of a request's own words. */
    static long input(UpstreamRequest request) {
        CallBody body = request.call().body();
        return isJson(body) ? input(body.bytes()) : 0;
    }

    private static boolean isJson(CallBody body) {
        return body.contentType().startsWith(CallBody.JSON);
    }

    /** The tokens of an answer's words. */
    public static long output(SpokenText spoken) {
        if (spoken.bytes() == 0) {
            return 0;
        }
        return tokens(unescaped(spoken.kept())) + roughly(spoken.beyond());
    }

    /** The tokens of a request: the strings of its body, with a fixed count for what is no text. */
    public static long input(byte[] body) {
        long tokens = 0;
        long chars = 0;
        try (JsonParser parser = JsonTree.FACTORY.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    tokens += TOKENS_PER_MESSAGE;
                } else if (token == JsonToken.VALUE_STRING) {
                    String text = parser.getText();
                    chars += text.length();
                    tokens += chars > TEXT_CHARS_MAX ? roughly(text.length()) : text(text);
                }
            }
            return tokens;
        } catch (IOException malformed) {
            return roughly(body.length);
        }
    }

    private static long text(String text) {
        return isBinary(text) ? Math.min(TOKENS_PER_BINARY, roughly(text.length())) : tokens(text);
    }

    private static boolean isBinary(String text) {
        return text.startsWith("data:")
                || (text.length() >= BINARY_CHARS_MIN
                        && text.chars().limit(BINARY_CHARS_MIN).allMatch(LocalCount::isBase64));
    }

    private static boolean isBase64(int letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '/' && letter <= '9')
                || letter == '+'
                || letter == '='
                || letter == '-'
                || letter == '_';
    }

    private static long tokens(String text) {
        long tokens = 0;
        for (int from = 0; from < text.length(); from += PIECE_CHARS) {
            String piece = text.substring(from, Math.min(from + PIECE_CHARS, text.length()));
            tokens += Vocabulary.O200K.countTokensOrdinary(piece);
        }
        return tokens;
    }

    private static String unescaped(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        try (JsonParser parser = JsonTree.FACTORY.createParser("\"" + raw + "\"")) {
            parser.nextToken();
            return parser.getText();
        } catch (IOException cutInsideAnEscape) {
            return raw;
        }
    }
}
