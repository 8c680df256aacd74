package dev.tollgate.upstream.simulated;

import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a prompt, before it is put into a dialect.
 *
 * @param words what is said, one token each, spaces included; a tool call's arguments if a tool is called
 * @param cut whether the output bound ended it
 */
record Script(Prompt prompt, List<String> words, boolean cut, long inputTokens) {
    private static final int WORDS = 24;
    private static final String[] FILLER =
            "This answer comes from the simulated provider inside the gateway and costs nobody anything.".split(" ");

    Script {
        words = List.copyOf(words);
    }

    static Script of(Prompt prompt, long inputTokens) {
        Prompt.Tool tool = prompt.tool();
        if (tool != null) {
            return new Script(prompt, List.of(tool.arguments()), false, inputTokens);
        }
        int wanted = prompt.directions().number("words", WORDS);
        List<String> said = new ArrayList<>();
        String[] echoed =
                prompt.text().isBlank() ? new String[0] : prompt.text().strip().split("\\s+");
        long most = Math.min(wanted, prompt.outputMax());
        for (int word = 0; word < most; word++) {
            String next = word < echoed.length ? echoed[word] : FILLER[(word - echoed.length) % FILLER.length];
            said.add(word == 0 ? next : " " + next);
        }
        return new Script(prompt, said, wanted > prompt.outputMax(), inputTokens);
    }

    boolean withUsage() {
        return !prompt.directions().says("no-usage");
    }

    long outputTokens() {
        return Math.max(1, words.size());
    }

    String text() {
        return String.join("", words);
    }
}
