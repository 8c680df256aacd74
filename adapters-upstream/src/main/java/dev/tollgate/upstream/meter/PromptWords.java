package dev.tollgate.upstream.meter;

/**
 * Counts the strings of a prompt: words by a vocabulary, up to a bound that keeps the work on the largest bodies below a
 * few seconds, and a fixed count for what is no text.
 */
final class PromptWords {
    private static final long CHARS_MAX = 4_000_000;
    private static final int TOKENS_PER_BINARY = 800;
    private static final int BINARY_CHARS_MIN = 512;

    private final Vocabulary vocabulary;
    private long chars;
    private long tokens;
    private long binary;

    PromptWords(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    void add(String text) {
        if (isBinary(text)) {
            binary += Math.min(TOKENS_PER_BINARY, LocalCount.roughly(text.length()));
            return;
        }
        chars += text.length();
        tokens += chars > CHARS_MAX ? LocalCount.roughly(text.length()) : vocabulary.tokens(text);
    }

    /** Takes a prompt's token, told by its number, if it is one. */
    void addToken(boolean isOne) {
        tokens += isOne ? 1 : 0;
    }

    long tokens() {
        return tokens;
    }

    long binary() {
        return binary;
    }

    private static boolean isBinary(String text) {
        return text.startsWith("data:")
                || (text.length() >= BINARY_CHARS_MIN
                        && text.chars().limit(BINARY_CHARS_MIN).allMatch(PromptWords::isBase64));
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
}
