package dev.tollgate.application.pricing;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.PriceHistory;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.pricing.PricedModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the entries of a file with the list, one by one, and gathers the edits that would make them equal. */
final class ImportPlan {
    private static final String ALIASES = "aliases";

    private final Ids ids;
    private final Instant now;
    private final boolean keepDates;
    private final Map<String, PricedModel> owners = new HashMap<>();
    private final List<Models.Edit> edits = new ArrayList<>();
    private final List<String> added = new ArrayList<>();
    private final List<ImportPrices.Changed> changed = new ArrayList<>();
    private final List<String> unchanged = new ArrayList<>();
    private final List<PriceList.Skipped> skipped = new ArrayList<>();

    /** @param keepDates whether entries hold from the instants they name even if those have passed */
    ImportPlan(List<PricedModel> present, Ids ids, Instant now, boolean keepDates) {
        this.ids = ids;
        this.now = now;
        this.keepDates = keepDates;
        present.forEach(this::own);
    }

    void compare(PriceList list) {
        skipped.addAll(list.skipped());
        for (Fields entry : list.entries()) {
            String name = String.valueOf(entry.get("name"));
            PricedModel owner = owners.get(key(name));
            if (owner == null) {
                compareNew(name, entry, list.partial());
            } else if (owner.model().name().equals(name)) {
                compareKnown(owner, entry, list.partial());
            } else {
                compareAlias(owner, name, entry);
            }
        }
    }

    List<Models.Edit> edits() {
        return edits;
    }

    ImportPrices.Comparison comparison(boolean applied, List<String> notes) {
        return new ImportPrices.Comparison(applied, added, changed, unchanged, skipped, notes);
    }

    private void compareNew(String name, Fields entry, boolean partial) {
        PriceEntry read = read(name, partial ? freeAliases(entry, null) : entry);
        if (read != null && hasFreeNames(read, null)) {
            put(new ModelId(ids.next()), read, new PriceHistory(List.of()), null);
            added.add(name);
        }
    }

    private void compareKnown(PricedModel known, Fields entry, boolean partial) {
        Model model = known.model();
        PriceSheet base = PriceVersions.current(known.history(), now).sheet();
        Fields before = EntryFields.of(model, base, null);
        Fields wanted = partial ? before.overlaid(freeAliases(entry, model)) : entry;
        PriceEntry read = read(model.name(), wanted);
        if (read == null || !hasFreeNames(read, model)) {
            return;
        }
        List<ImportPrices.FieldChange> differences =
                differences(before, EntryFields.of(read.model(model.id()), read.sheet(), null));
        if (differences.isEmpty()) {
            unchanged.add(model.name());
        } else {
            put(model.id(), read, known.history(), base);
            changed.add(new ImportPrices.Changed(model.name(), differences));
        }
    }

    /** A list may name apart what is one model here; with equal prices nothing is lost. */
    private void compareAlias(PricedModel owner, String name, Fields entry) {
        PriceEntry read = read(name, entry.without(ALIASES));
        if (read == null) {
            return;
        }
        PriceSheet ours = PriceVersions.current(owner.history(), now).sheet();
        if (read.sheet().rates().equals(ours.rates())) {
            unchanged.add(name);
        } else {
            skip(name, "is an alias of " + owner.model().name() + ", which has other prices");
        }
    }

    private @Nullable PriceEntry read(String name, Fields entry) {
        return switch (EntryFields.read(entry)) {
            case PriceEntry.Reading.Read read -> read.entry();
            case PriceEntry.Reading.Invalid invalid -> {
                skip(name, invalid.errors().stream().map(ImportPlan::words).collect(Collectors.joining("; ")));
                yield null;
            }
        };
    }

    private void put(ModelId id, PriceEntry entry, PriceHistory history, @Nullable PriceSheet base) {
        Model model = entry.model(id);
        PriceVersion version = entry.sheet().equals(base)
                ? null
                : new PriceVersion(new PriceVersionId(ids.next()), model.name(), from(entry), entry.sheet());
        edits.add(new Models.Edit.Put(model, version));
        own(new PricedModel(model, PriceVersions.with(history, version)));
    }

    private Instant from(PriceEntry entry) {
        Instant named = entry.effectiveFrom();
        if (named != null && (keepDates || named.isAfter(now))) {
            return named;
        }
        return now;
    }

    private boolean hasFreeNames(PriceEntry entry, @Nullable Model self) {
        for (String alias : entry.aliases()) {
            PricedModel owner = owners.get(key(alias));
            if (owner != null && (self == null || !owner.model().id().equals(self.id()))) {
                skip(
                        entry.name(),
                        "its alias " + alias + " is taken by " + owner.model().name());
                return false;
            }
        }
        return true;
    }

    /** The entry with the aliases nobody else has, and those the model has already. */
    private Fields freeAliases(Fields entry, @Nullable Model self) {
        Set<String> aliases = new LinkedHashSet<>(self == null ? Set.of() : self.aliases());
        if (entry.get(ALIASES) instanceof List<?> given) {
            given.stream()
                    .map(String::valueOf)
                    .filter(alias -> !owners.containsKey(key(alias)))
                    .forEach(aliases::add);
        }
        return entry.overlaid(new Fields(Map.of(ALIASES, List.copyOf(aliases))));
    }

    private void own(PricedModel priced) {
        Model model = priced.model();
        owners.values().removeIf(owner -> owner.model().id().equals(model.id()));
        Set<String> names = new HashSet<>(model.aliases());
        names.add(model.name());
        names.forEach(name -> owners.put(key(name), priced));
    }

    private static List<ImportPrices.FieldChange> differences(Fields before, Fields after) {
        return before.values().keySet().stream()
                .filter(field -> !Objects.equals(before.get(field), after.get(field)))
                .map(field -> new ImportPrices.FieldChange(field, before.get(field), after.get(field)))
                .toList();
    }

    private void skip(String name, String reason) {
        skipped.add(new PriceList.Skipped(name, reason));
    }

    private static String words(FieldError error) {
        return error.field() + " " + error.message();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
