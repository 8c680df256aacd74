package dev.tollgate.upstream.simulated;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a message asks the simulated provider to do, by the words between its brackets. */
record Directions(Map<String, String> words) {
    private static final String OPEN = "[[simulate:";
    private static final String CLOSE = "]]";

    static Directions in(String message) {
        Map<String, String> words = new HashMap<>();
        int open = message.indexOf(OPEN);
        int close = message.indexOf(CLOSE, Math.max(open, 0));
        if (open >= 0 && close > open) {
            for (String word : message.substring(open + OPEN.length(), close).split(",", -1)) {
                String[] sides = word.strip().toLowerCase(Locale.ROOT).split("=", 2);
                words.put(sides[0].strip(), sides.length == 2 ? sides[1].strip() : "");
            }
        }
        return new Directions(words);
    }

    /** The message without them. */
    static String removed(String message) {
        int open = message.indexOf(OPEN);
        int close = message.indexOf(CLOSE, Math.max(open, 0));
        boolean there = open >= 0 && close > open;
        return there ? (message.substring(0, open) + message.substring(close + CLOSE.length())).strip() : message;
    }

    boolean says(String word) {
        return words.containsKey(word);
    }

    /** A direction's number; {@code otherwise} if it is absent or none. */
    int number(String word, int otherwise) {
        String value = words.getOrDefault(word, "");
        return value.matches("\\d{1,6}") ? Integer.parseInt(value) : otherwise;
    }
}
