package dev.tollgate.application.entitlement;

import dev.tollgate.application.apikey.KeyDigest;
import dev.tollgate.application.entitlement.RedeemCode.Terms;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Redeem codes in a map. */
public final class InMemoryRedeemCodes implements RedeemCodes {
    private final Map<Long, RedeemCode> all = new LinkedHashMap<>();
    private final Map<KeyDigest, Long> digests = new HashMap<>();

    @Override
    public synchronized void add(List<Fresh> codes) {
        for (Fresh fresh : codes) {
            all.put(fresh.code().id(), fresh.code());
            digests.put(fresh.digest(), fresh.code().id());
        }
    }

    @Override
    public synchronized Page<RedeemCode> list(Wanted wanted, PageQuery query) {
        List<RedeemCode> found = all.values().stream()
                .filter(code -> wanted.status() == null || code.at(wanted.at()) == wanted.status())
                .filter(code -> wanted.batch() == null || code.origin().batch() == wanted.batch())
                .filter(code -> has(code, query.search()))
                .sorted(Comparator.comparingLong(RedeemCode::id).reversed())
                .toList();
        return new Page<>(
                found.stream().skip(query.offset()).limit(query.pageSize()).toList(), found.size());
    }

    private static boolean has(RedeemCode code, @Nullable String search) {
        String text = search == null ? "" : search.toLowerCase(Locale.ROOT);
        return Stream.of(Objects.requireNonNullElse(code.terms().name(), ""), code.prefix(), code.last4())
                .anyMatch(part -> part.toLowerCase(Locale.ROOT).contains(text));
    }

    @Override
    public synchronized Optional<RedeemCode> find(long id) {
        return Optional.ofNullable(all.get(id));
    }

    @Override
    public synchronized Optional<RedeemCode> find(List<KeyDigest> wanted) {
        return wanted.stream()
                .map(digests::get)
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(this::find);
    }

    @Override
    public synchronized Optional<RedeemCode> change(long id, UnaryOperator<Terms> change) {
        return Optional.ofNullable(all.computeIfPresent(
                id, (unused, code) -> code.use() != null ? code : code.with(change.apply(code.terms()))));
    }

    @Override
    public synchronized Optional<RedeemCode> remove(long id) {
        Optional<RedeemCode> found = find(id);
        if (found.isPresent() && found.get().use() == null) {
            all.remove(id);
        }
        return found;
    }

    @Override
    public synchronized <T> Optional<T> use(long id, Function<RedeemCode, Decision<T>> decide) {
        return find(id).map(code -> {
            Decision<T> decision = decide.apply(code);
            if (decision.use() != null) {
                all.put(id, code.usedBy(decision.use()));
            }
            return decision.answer();
        });
    }
}
