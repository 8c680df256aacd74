package dev.tollgate.application.identity;

import java.util.List;
import java.util.function.Function;

/** One page of a list of things, and how many there are in all. */
public record Page<T>(List<T> items, long total) {
    public Page {
        items = List.copyOf(items);
    }

    /** The same page, each item made into something else. */
    public <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), total);
    }
}
