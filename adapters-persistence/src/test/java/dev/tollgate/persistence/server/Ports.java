package dev.tollgate.persistence.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;

/** Ports for servers that stop and start again: no outgoing connection is given one of them meanwhile. */
public final class Ports {
    /** A node of a Redis Cluster has a second port, so much above its first. */
    private static final int BUS = 10_000;

    private static final int MIN = 20_000;
    private static final int MAX = 32_000;
    private static final int TRIES_MAX = 100;

    private Ports() {}

    public static int free() {
        return any(MIN, MAX, Ports::isFree);
    }

    /** For a node of a Redis Cluster. */
    public static int freeWithBus() {
        return any(MIN - BUS, MAX - BUS, port -> isFree(port) && isFree(port + BUS));
    }

    private static int any(int min, int max, IntPredicate isFree) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            int port = ThreadLocalRandom.current().nextInt(min, max);
            if (isFree.test(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + min + " and " + max);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
