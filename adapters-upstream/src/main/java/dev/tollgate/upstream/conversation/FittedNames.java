package dev.tollgate.upstream.conversation;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names made to fit a platform's rule, no two alike, with the way back. A name that fits stays as it is; the same names
 * in the same order always become the same, so that an answer can be read without what was made for its request.
 */
public final class FittedNames {
    private final Map<String, String> fitted = new LinkedHashMap<>();
    private final Map<String, String> originals = new HashMap<>();

    /**
     * A platform's rule.
     *
     * @param allowed one character a name may have
     * @param first what a name may begin with; one that does not is given an underscore in front
     */
    public record Rule(Pattern allowed, Pattern first, int lengthMax) {
        public static Rule of(String allowed, String first, int lengthMax) {
            return new Rule(Pattern.compile(allowed), Pattern.compile(first), lengthMax);
        }

        boolean takes(String name) {
            return !name.isEmpty() && name.equals(shaped(name));
        }

        private String shaped(String name) {
            StringBuilder shaped = new StringBuilder();
            name.codePoints().forEach(letter -> {
                String text = Character.toString(letter);
                shaped.append(allowed.matcher(text).matches() ? text : "_");
            });
            if (!first.matcher(shaped).lookingAt()) {
                shaped.insert(0, '_');
            }
            return shaped.substring(0, Math.min(shaped.length(), lengthMax));
        }
    }

    private FittedNames() {}

    public static FittedNames of(Collection<String> names, Rule rule) {
        FittedNames all = new FittedNames();
        names.stream().filter(rule::takes).forEach(name -> all.add(name, name));
        names.stream()
                .filter(name -> !all.fitted.containsKey(name))
                .forEach(name -> all.add(name, all.free(name, rule)));
        return all;
    }

    private void add(String name, String fit) {
        fitted.putIfAbsent(name, fit);
        originals.putIfAbsent(fit, name);
    }

    private String free(String name, Rule rule) {
        String shaped = rule.shaped(name);
        String free = shaped;
        for (int next = 2; originals.containsKey(free); next++) {
            String ending = "_" + next;
            free = shaped.substring(0, Math.min(shaped.length(), rule.lengthMax() - ending.length())) + ending;
        }
        return free;
    }

    /** A name as the platform takes it. */
    public String fit(String name) {
        return fitted.getOrDefault(name, name);
    }

    /** The name that was made to fit; what is none of them stays as it is. */
    public String original(String fit) {
        return originals.getOrDefault(fit, fit);
    }

    /** Whether one of the fitted names is this. */
    public boolean has(String fit) {
        return originals.containsKey(fit);
    }
}
