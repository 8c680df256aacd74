package dev.tollgate.bootstrap.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that stop and start again: no outgoing connection is given one of them meanwhile. */
final class Ports {
    private static final int MIN = 20_000;
    private static final int MAX = 32_000;
    private static final int TRIES_MAX = 100;

    private Ports() {}

    static int free() {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            int port = ThreadLocalRandom.current().nextInt(MIN, MAX);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + MIN + " and " + MAX);
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
