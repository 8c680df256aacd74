package dev.tollgate.web.relay;

import dev.tollgate.domain.apikey.Cidr;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells where a call comes from: the peer, or what trusted proxies say of the peer before them. */
@Singleton
public final class ClientAddress {
    private final List<Cidr> trusted;

    ClientAddress(RelayHttpSettings settings) {
        this.trusted = settings.getTrustedProxies().stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Cidr::new)
                .toList();
    }

    /** The address as text; that of the nearest hop that is not a trusted proxy. */
    public @Nullable String of(HttpRequest<?> request) {
        InetAddress peer = request.getRemoteAddress().getAddress();
        if (peer == null) {
            return null;
        }
        if (trusted.isEmpty() || !isTrusted(peer)) {
            return peer.getHostAddress();
        }
        for (String hop : hops(request)) {
            InetAddress address = parse(hop);
            if (address == null) {
                break;
            }
            peer = address;
            if (!isTrusted(address)) {
                break;
            }
        }
        return peer.getHostAddress();
    }

    /** The hops named in the headers, nearest first. */
    private static List<String> hops(HttpRequest<?> request) {
        List<String> hops = new ArrayList<>();
        for (String line : request.getHeaders().getAll("x-forwarded-for")) {
            hops.addAll(List.of(line.split(",", -1)));
        }
        Collections.reverse(hops);
        return hops;
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(block -> block.contains(address.getAddress()));
    }

    /** Only a literal address: nothing a caller sends is ever looked up. */
    private static @Nullable InetAddress parse(String hop) {
        String text = hop.strip();
        try {
            return InetAddress.getByName(new Cidr(text).text());
        } catch (IllegalArgumentException | UnknownHostException notAnAddress) {
            return null;
        }
    }
}
