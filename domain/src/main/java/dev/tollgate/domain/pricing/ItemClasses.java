package dev.tollgate.domain.pricing;

import dev.tollgate.domain.usage.TokenClass;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of line items: the token classes in lower case, and {@code request}, {@code tool:…}, {@code image:…}. */
final class ItemClasses {
    static final String INPUT = "input";
    static final String OUTPUT = "output";
    static final String REASONING = "reasoning";
    static final String CACHE_READ = "cache_read";
    static final String CACHE_WRITE = "cache_write";
    static final String REQUEST = "request";
    static final String SECOND = "second";
    static final String CHARACTER = "character";
    static final String TOOL = "tool:";
    static final String IMAGE = "image:";

    private static final Set<String> TOKENS =
            Stream.of(TokenClass.values()).map(ItemClasses::of).collect(Collectors.toUnmodifiableSet());

    private ItemClasses() {}

    static String of(TokenClass tokenClass) {
        return tokenClass.name().toLowerCase(Locale.ROOT);
    }

    static boolean isToken(String itemClass) {
        return TOKENS.contains(itemClass);
    }
}
