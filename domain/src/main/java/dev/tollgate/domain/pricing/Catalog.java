package dev.tollgate.domain.pricing;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The price list as names are looked up in it: mappings first (once, never a chain), then the exact name, then an
 * alias, then the name without the date at its end.
 *
 * <p>The last step lets a dated snapshot of a listed model be served at that model's price, as every provider sells
 * them until it says otherwise; a snapshot with a price of its own is listed under its full name and found before.
 */
public final class Catalog {
    private static final int NAME_LENGTH_MAX = 200;
    private static final Pattern DATED =
            Pattern.compile("(.+)[-@]20\\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\\d|3[01])");

    private final List<ModelMapping> mappings;
    private final Map<String, PricedModel> byName;
    private final Map<String, PricedModel> byAlias = new HashMap<>();

    public Catalog(Collection<PricedModel> models, Collection<ModelMapping> mappings) {
        this.mappings = mappings.stream()
                .filter(ModelMapping::enabled)
                .sorted(Comparator.comparingInt(ModelMapping::priority)
                        .thenComparingLong(mapping -> mapping.id().value()))
                .toList();
        this.byName = models.stream()
                .collect(Collectors.toUnmodifiableMap(priced -> priced.model().name(), priced -> priced));
        models.forEach(priced -> priced.model().aliases().forEach(alias -> byAlias.putIfAbsent(alias, priced)));
    }

    /** The enabled model a caller's name leads to. */
    public Optional<PricedModel> find(String asked) {
        return asked.length() > NAME_LENGTH_MAX
                ? Optional.empty()
                : named(wanted(asked)).filter(priced -> priced.model().enabled());
    }

    /** What a caller's name stands for: the target of the first mapping that takes it, else the name itself. */
    public String wanted(String asked) {
        return mappings.stream()
                .filter(mapping -> mapping.matches(asked))
                .map(ModelMapping::target)
                .findFirst()
                .orElse(asked);
    }

    /** The model of that name or alias, enabled or not, whatever is mapped. */
    public Optional<PricedModel> named(String name) {
        PricedModel exact = listed(name);
        return exact != null ? Optional.of(exact) : undated(name).map(this::listed);
    }

    public Stream<PricedModel> models() {
        return byName.values().stream();
    }

    private @Nullable PricedModel listed(String name) {
        PricedModel exact = byName.get(name);
        return exact != null ? exact : byAlias.get(name);
    }

    private static Optional<String> undated(String name) {
        if (name.length() > NAME_LENGTH_MAX) {
            return Optional.empty();
        }
        Matcher matcher = DATED.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
