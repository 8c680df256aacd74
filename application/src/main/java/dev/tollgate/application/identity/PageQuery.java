package dev.tollgate.application.identity;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list of things is asked for.
 *
 * @param page from 1
 * @param search a text the thing's names contain, whatever its case; null for all
 * @param sort the field to order by, one of those the list offers; null for newest first
 */
public record PageQuery(
        int page,
        int pageSize,
        @Nullable String search,
        @Nullable String sort,
        boolean descending) {
    public static final int SIZE_MAX = 500;

    /** The first page in its usual order. */
    public static final PageQuery FIRST = new PageQuery(1, 20, null, null, false);

    public PageQuery {
        if (page < 1 || pageSize < 1 || pageSize > SIZE_MAX) {
            throw new IllegalArgumentException("no such page: " + page + " of " + pageSize);
        }
    }

    public long offset() {
        return (page - 1L) * pageSize;
    }
}
