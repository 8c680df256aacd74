package dev.tollgate.upstream.http;

import dev.tollgate.application.account.AddressRules;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks host names up and refuses those of which any address is forbidden. What is returned here is what is connected
 * to, so a name cannot change its mind in between. A name is looked up once for all who ask meanwhile.
 */
final class GuardedNames {
    private static final int LOOKUPS_AT_ONCE = 4;
    private static final int LOOKUPS_WAITING_MAX = 256;

    private final AddressRules rules;
    private final ThreadPoolExecutor lookups;
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

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
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
        if (literal != null) {
            return List.of(literal);
        }
        try {
            return underWay(host).get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            boolean unknown = failed.getCause() instanceof UnknownHostException;
            throw new ConnectFailed(unknown ? "unknown host " + host : "looking up " + host + " failed");
        } catch (TimeoutException slow) {
            throw new ConnectFailed("looking up " + host + " takes too long");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ConnectFailed("interrupted");
        }
    }

    /** The look-up of a name that runs or waits already, however many ask for it, else a new one. */
    private CompletableFuture<List<InetAddress>> underWay(String host) throws ConnectFailed {
        CompletableFuture<List<InetAddress>> lookup = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> earlier = underWay.putIfAbsent(host, lookup);
        if (earlier != null) {
            return earlier;
        }
        try {
            // it may block in native code, which would pin a virtual thread's carrier
            lookups.execute(() -> lookUp(host, lookup));
            return lookup;
        } catch (RejectedExecutionException full) {
            underWay.remove(host);
            lookup.completeExceptionally(full);
            throw new ConnectFailed("too many names are being looked up");
        }
    }

    private void lookUp(String host, CompletableFuture<List<InetAddress>> lookup) {
        try {
            List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
            underWay.remove(host);
            lookup.complete(addresses);
        } catch (UnknownHostException | RuntimeException failed) {
            underWay.remove(host);
            lookup.completeExceptionally(failed);
        }
    }

    void close() {
        lookups.shutdownNow();
    }
}
