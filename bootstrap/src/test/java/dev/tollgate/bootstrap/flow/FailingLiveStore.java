package dev.tollgate.bootstrap.flow;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.LiveStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** A live store that is away for some of its methods: a question answers no, anything else throws. */
final class FailingLiveStore {
    private FailingLiveStore() {}

    static LiveStore of(LiveStore real, Set<String> failing) {
        return (LiveStore) Proxy.newProxyInstance(
                LiveStore.class.getClassLoader(), new Class<?>[] {LiveStore.class}, (proxy, method, arguments) -> {
                    if (failing.contains(method.getName()) && method.getReturnType() == boolean.class) {
                        return false;
                    }
                    if (failing.contains(method.getName())) {
                        throw new StoreUnavailable("away for the test", new TimeoutException());
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
