package dev.tollgate.application.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operation log in a list. */
public final class InMemoryOperationLog implements OperationLog {
    private final List<Operation> operations = new ArrayList<>();

    @Override
    public synchronized void add(Operation operation) {
        operations.add(operation);
    }

    @Override
    public synchronized List<Operation> list(@Nullable Long before, int limit) {
        return operations.stream()
                .filter(operation -> before == null || operation.id() < before)
                .sorted(Comparator.comparingLong(Operation::id).reversed())
                .limit(limit)
                .toList();
    }
}
