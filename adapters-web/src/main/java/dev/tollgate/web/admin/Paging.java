package dev.tollgate.web.admin;

import dev.tollgate.application.identity.PageQuery;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code page}, {@code page_size}, {@code search}, {@code sort}, {@code cursor} and {@code limit} of a list. */
public final class Paging {
    private static final int PAGE_SIZE = 20;
    private static final int PAGE_MAX = 1_000_000;
    private static final int SEARCH_LENGTH_MAX = 200;
    private static final int LIMIT = 50;
    private static final String DESCENDING = "-";

    private Paging() {}

    /** @param sortable the fields a list can be ordered by; {@code -name} orders downwards */
    public static PageQuery of(HttpRequest<?> request, Set<String> sortable) {
        String sort = text(request, "sort");
        boolean descending = sort != null && sort.startsWith(DESCENDING);
        String field = sort != null && descending ? sort.substring(1) : sort;
        if (field != null && !sortable.contains(field)) {
            throw ApiFailure.invalid(
                    "sort",
                    "must be one of "
                            + String.join(", ", sortable.stream().sorted().toList()));
        }
        int page = number(request, "page", 1, PAGE_MAX);
        int pageSize = number(request, "page_size", PAGE_SIZE, PageQuery.SIZE_MAX);
        return new PageQuery(page, pageSize, search(request), field, descending);
    }

    /** How many records of a cursor list are asked for. */
    public static int limit(HttpRequest<?> request) {
        return number(request, "limit", LIMIT, PageQuery.SIZE_MAX);
    }

    /** The cursor of a list whose cursors are ids; null for the start. */
    public static @Nullable Long idCursor(HttpRequest<?> request) {
        String cursor = text(request, "cursor");
        try {
            return cursor == null ? null : Long.valueOf(cursor);
        } catch (NumberFormatException e) {
            throw ApiFailure.invalid("cursor", "is not one that was given out");
        }
    }

    /** A query parameter; null if absent or blank. */
    public static @Nullable String text(HttpRequest<?> request, String name) {
        Optional<String> given = request.getParameters().getFirst(name);
        return given.filter(text -> !text.isBlank()).orElse(null);
    }

    private static @Nullable String search(HttpRequest<?> request) {
        String search = text(request, "search");
        if (search != null && search.length() > SEARCH_LENGTH_MAX) {
            throw ApiFailure.invalid("search", "must be at most " + SEARCH_LENGTH_MAX + " characters");
        }
        return search;
    }

    private static int number(HttpRequest<?> request, String name, int otherwise, int most) {
        String given = text(request, name);
        if (given == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(given);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw outOfRange(name, most);
        }
        throw outOfRange(name, most);
    }

    private static ApiFailure outOfRange(String name, int most) {
        return ApiFailure.invalid(name, "must be a whole number from 1 to " + most);
    }
}
