package dev.tollgate.upstream.meter;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;

/** OpenAI's public vocabularies: exact for its own models, a measure to start from for all others. */
enum Vocabulary {
    /** Of gpt-4o and everything later. */
    O200K(EncodingType.O200K_BASE),
    /** Of gpt-4, gpt-3.5, the completion models and the embeddings. */
    CL100K(EncodingType.CL100K_BASE);

    /** Long texts are cut, since a vocabulary's work on a word without end grows faster than the word. */
    private static final int PIECE_CHARS = 4096;

    private final EncodingType type;

    Vocabulary(EncodingType type) {
        this.type = type;
    }

    /** A vocabulary takes a moment to load and is seldom needed. */
    private static final class Loaded {
        static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();
    }

    /** Counts the tokens of a text; takes time. */
    long tokens(String text) {
        Encoding encoding = Loaded.REGISTRY.getEncoding(type);
        long tokens = 0;
        for (int from = 0; from < text.length(); from += PIECE_CHARS) {
            tokens += encoding.countTokensOrdinary(text.substring(from, Math.min(from + PIECE_CHARS, text.length())));
        }
        return tokens;
    }
}
