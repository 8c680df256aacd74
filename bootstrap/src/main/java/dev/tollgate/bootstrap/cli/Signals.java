package dev.tollgate.bootstrap.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals that ask a process to end. The JVM by itself hears the first only; its own interface for them is one the
 * compiler warns of, and so it is found by name.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");
    private static final List<String> END = List.of("TERM", "INT");

    private Signals() {}

    /** Runs the action at each such signal from now on, in place of the process' end. */
    static void onEnd(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler heard = (proxy, method, arguments) -> {
                action.run();
                return null;
            };
            Object proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, heard);
            for (String name : END) {
                Object unused = signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.debug("only the first signal to end is heard", e);
        }
    }
}
