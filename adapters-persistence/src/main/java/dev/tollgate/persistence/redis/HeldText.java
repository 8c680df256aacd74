package dev.tollgate.persistence.redis;

import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.persistence.codec.WindowsText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an open hold says, as {@code reserve.lua} wrote it. */
record HeldText(List<SubjectWindows> windows, Money amount) {
    private static final Pattern WINDOWS = Pattern.compile("\"windows\":\"([^\"]*)\"");
    private static final Pattern AMOUNT = Pattern.compile("\"amount\":\"(\\d+)\"");

    static HeldText of(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        String windows = Arrays.stream(member(WINDOWS, text).split(";", -1))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(";"));
        return new HeldText(WindowsText.read(windows), Money.ofNanos(Long.parseLong(member(AMOUNT, text))));
    }

    private static String member(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("not a hold: " + pattern);
        }
        return matcher.group(1);
    }
}
