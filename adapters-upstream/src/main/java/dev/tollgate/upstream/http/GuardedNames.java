package dev.tollgate.upstream.http;

import dev.tollgate.application.account.AddressRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks host names up and refuses those of which any address is forbidden. What is returned here is what is connected
 * to, so a name cannot change its mind in between.
 */
final class GuardedNames {
    private static final int LOOKUPS_AT_ONCE = 4;
    private static final int LOOKUPS_WAITING_MAX = 256;

    private final AddressRules rules;
    private final ThreadPoolExecutor lookups;

    GuardedNames(AddressRules rules) {
        this.rules = rules;
        this.lookups = new ThreadPoolExecutor(
                LOOKUPS_AT_ONCE,
                LOOKUPS_AT_ONCE,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(LOOKUPS_WAITING_MAX),
                Thread.ofPlatform().daemon().name("upstream-names-", 0).factory());
        this.lookups.allowCoreThreadTimeOut(true);
    }

    /** A host's addresses, each of them allowed. */
    List<InetAddress> resolve(String host, Duration time) throws ConnectFailed {
        List<InetAddress> addresses = lookUp(host, time);
        for (InetAddress address : addresses) {
            if (!rules.allows(address)) {
                throw new ConnectFailed("the address of " + host + " is not public");
            }
        }
        return addresses;
    }

    void requireScheme(Origin origin) throws ConnectFailed {
        if (!origin.tls() && !rules.allowsPlainText()) {
            throw new ConnectFailed("calls go over https only");
        }
    }

    private List<InetAddress> lookUp(String host, Duration time) throws ConnectFailed {
        // A look-up may block in native code, which would pin a virtual thread's carrier.
        try {
            Future<InetAddress[]> lookup = lookups.submit(() -> InetAddress.getAllByName(host));
            return List.of(lookup.get(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            boolean unknown = failed.getCause() instanceof UnknownHostException;
            throw new ConnectFailed(unknown ? "unknown host " + host : "looking up " + host + " failed");
        } catch (TimeoutException | RejectedExecutionException slow) {
            throw new ConnectFailed("looking up " + host + " takes too long");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ConnectFailed("interrupted");
        }
    }

    void close() {
        lookups.shutdownNow();
    }
}
