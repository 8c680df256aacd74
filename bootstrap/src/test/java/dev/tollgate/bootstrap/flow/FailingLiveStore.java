package dev.tollgate.bootstrap.flow;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.domain.account.AccountId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A live store that is away for some of its methods: a question answers no, anything else throws. */
final class FailingLiveStore {
    /** In place of methods' names: the store is away as a whole, and only what a node remembers by itself is there. */
    static final String WHOLE = "the whole store";

    private static final Set<String> REMEMBERED = Set.of("inFlight", "overBudget");

    private FailingLiveStore() {}

    /**
     * @param asked is told the name of every method that is not answered from memory
     * @param staleInFlight what this node remembers of calls in flight; null if it knows how many there are
     */
    static LiveStore of(
            LiveStore real,
            Set<String> failing,
            Consumer<String> asked,
            Supplier<@Nullable Map<AccountId, Integer>> staleInFlight) {
        return (LiveStore) Proxy.newProxyInstance(
                LiveStore.class.getClassLoader(), new Class<?>[] {LiveStore.class}, (proxy, method, arguments) -> {
                    Map<AccountId, Integer> stale = staleInFlight.get();
                    if (stale != null && method.getName().equals("inFlight")) {
                        return stale;
                    }
                    if (!REMEMBERED.contains(method.getName())) {
                        asked.accept(method.getName());
                    }
                    if (failing.contains(WHOLE) && !REMEMBERED.contains(method.getName())) {
                        return fail(method);
                    }
                    if (failing.contains(method.getName()) && method.getReturnType() == boolean.class) {
                        return false;
                    }
                    if (failing.contains(method.getName()) && method.getReturnType() == LiveStore.Leased.class) {
                        return LiveStore.Leased.BUSY;
                    }
                    if (failing.contains(method.getName())) {
                        return fail(method);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Object fail(Method method) {
        if (method.getReturnType().equals(Reservation.class)) {
            return new Reservation.Unavailable();
        }
        throw new StoreUnavailable("away for the test", new TimeoutException());
    }
}
