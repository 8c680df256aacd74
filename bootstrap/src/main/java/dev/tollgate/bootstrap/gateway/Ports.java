package dev.tollgate.bootstrap.gateway;

import dev.tollgate.bootstrap.settings.GatewaySetting;
import dev.tollgate.bootstrap.settings.GatewaySettings;
import dev.tollgate.bootstrap.settings.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** The ports to listen on, tried before the server does, which would answer a taken one with a page of log. */
final class Ports {
    private static final int ANY = -1;

    private Ports() {}

    /** @throws StartRefused naming the setting of a port that cannot be had */
    static void requireFree(GatewaySettings settings) {
        requireFree(settings, GatewaySetting.HOST, GatewaySetting.PORT);
        requireFree(settings, GatewaySetting.MANAGEMENT_HOST, GatewaySetting.MANAGEMENT_PORT);
    }

    private static void requireFree(GatewaySettings settings, GatewaySetting hostSetting, GatewaySetting portSetting) {
        int port = settings.port(portSetting);
        if (port == ANY) {
            return;
        }
        String host = settings.text(hostSetting);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException e) {
            throw new StartRefused(hostSetting.variable() + " names no address: " + host, e);
        } catch (IOException e) {
            throw new StartRefused(
                    "cannot listen on port " + port + " of " + host + " (" + portSetting.variable() + "): "
                            + e.getMessage(),
                    e);
        }
    }

    /** Any that is free. */
    static int free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartRefused("no port is free", e);
        }
    }
}
