package dev.tollgate.upstream.meter;

import java.util.regex.Pattern;

/**
 * OpenAI's models, and xAI's that speak likewise. Messages, names and tools by OpenAI's cookbook ("How to count tokens
 * with tiktoken"); the frame around an answer, the preamble of gpt-oss (the harmony format's system message) and of Grok
 * ("pre-defined tokens", xAI's docs) as measured.
 *
 * @param priming tokens that begin the answer, paid as input
 * @param perTool tokens around each tool offered
 * @param preamble tokens put before every prompt
 * @param frame tokens around an answer's words
 */
record GptFamily(Vocabulary vocabulary, int priming, int perTool, int preamble, int frame) implements Family {
    static final GptFamily CURRENT = new GptFamily(Vocabulary.O200K, 3, 7, 0, 0);
    private static final GptFamily OLD = new GptFamily(Vocabulary.CL100K, 3, 10, 0, 0);
    private static final GptFamily REASONING = new GptFamily(Vocabulary.O200K, 2, 7, 0, 7);
    private static final GptFamily REASONING_LATE = new GptFamily(Vocabulary.O200K, 2, 7, 0, 3);
    private static final GptFamily OSS = new GptFamily(Vocabulary.O200K, 2, 7, 61, 7);
    private static final GptFamily GROK = new GptFamily(Vocabulary.O200K, 2, 7, 156, 0);

    private static final Pattern ANY = Pattern.compile(
            "(^|.*[/.:])(chatgpt|gpt|codex|computer-use|text-|davinci|babbage|tts|whisper|grok|o\\d\\b).*");
    private static final Pattern CL100K = Pattern.compile(".*(gpt-?3|gpt-4$|gpt-4-|davinci|babbage|text-embedding).*");
    private static final Pattern LATE = Pattern.compile(".*gpt-(5\\.([5-9]|\\d\\d)|[6-9]).*");
    private static final Pattern THINKS = Pattern.compile("(^|.*[/.:])(gpt-5|o\\d\\b|codex).*");

    private static final int PER_MESSAGE = 4;
    private static final int PER_CALL = 7;
    private static final int TOOLS_END = 12;

    static boolean isOne(String name) {
        return ANY.matcher(name).matches();
    }

    static GptFamily of(String name) {
        if (name.contains("grok")) {
            return GROK;
        }
        if (name.contains("gpt-oss")) {
            return OSS;
        }
        if (CL100K.matcher(name).matches()) {
            return OLD;
        }
        if (LATE.matcher(name).matches()) {
            return REASONING_LATE;
        }
        return THINKS.matcher(name).matches() ? REASONING : CURRENT;
    }

    @Override
    public long input(Prompt prompt) {
        long words = prompt.text() + prompt.binary();
        if (prompt.messages() == 0) {
            return words;
        }
        long frames = priming + (long) PER_MESSAGE * prompt.messages() + prompt.names();
        long tools = (long) PER_CALL * (prompt.calls() + prompt.results()) + offered(prompt.tools());
        return preamble + frames + words + tools + vocabulary.tokens(prompt.format());
    }

    private long offered(String tools) {
        OfferedFunctions functions = OfferedFunctions.in(tools);
        return functions.isEmpty() ? vocabulary.tokens(tools) : functions.tokens(vocabulary, perTool) + TOOLS_END;
    }

    @Override
    public long output(Said said) {
        return said.words() + (long) PER_CALL * said.calls() + frame + (said.inItems() ? 1 : 0);
    }
}
