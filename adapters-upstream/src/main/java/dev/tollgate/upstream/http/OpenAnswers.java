package dev.tollgate.upstream.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The answers of relayed calls that are waited for or under way, which end together when the gateway is stopped. */
public final class OpenAnswers {
    private final Map<Object, Runnable> cuts = new ConcurrentHashMap<>();
    private volatile boolean isCut;

    /** Takes an answer in; {@code cut} ends it, from any thread, and does nothing where it has ended. */
    void enter(Object answer, Runnable cut) {
        cuts.put(answer, cut);
        if (isCut) {
            cut.run();
        }
    }

    void leave(Object answer) {
        cuts.remove(answer);
    }

    /** Ends all there are, and from now on each that begins: streams between two events, and the waiting for others. */
    public void cutAll() {
        isCut = true;
        cuts.values().forEach(Runnable::run);
    }
}
