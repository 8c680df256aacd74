package dev.tollgate.persistence.redis;

import dev.tollgate.application.usage.Counts;
import dev.tollgate.application.usage.Totalled;
import dev.tollgate.persistence.codec.CountsText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of totals a script is given, by the names it knows them by: {@code total:user:7}, {@code day:user:7:…}. */
final class TotalsKeys {
    private final Keys keys;
    private final Map<String, String> byName = new LinkedHashMap<>();

    TotalsKeys(Keys keys) {
        this.keys = keys;
    }

    void add(Totalled whose, Collection<LocalDate> days) {
        String name = CountsText.named(whose);
        byName.put("total:" + name, keys.total(whose));
        days.forEach(day -> byName.put("day:" + name + ":" + day, keys.total(whose, day)));
    }

    /** Everything a call's counts touch. */
    void add(Counts counts) {
        counts.whose().forEach(whose -> add(whose, List.of(counts.day())));
    }

    String names() {
        return String.join(",", byName.keySet());
    }

    /** These keys after others, in the order of {@link #names}. */
    List<String> after(String... fixed) {
        List<String> all = new ArrayList<>(List.of(fixed));
        all.addAll(byName.values());
        return all;
    }

    Collection<String> keys() {
        return byName.values();
    }
}
