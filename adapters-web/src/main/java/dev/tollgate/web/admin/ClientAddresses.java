package dev.tollgate.web.admin;

import dev.tollgate.domain.apikey.Cidr;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where a request comes from: the peer's address, or, where the peer is a trusted proxy, the last address of
 * {@code X-Forwarded-For} that is not one.
 */
@Singleton
public final class ClientAddresses {
    private final List<Cidr> trusted;

    ClientAddresses(@Value("${tollgate.trusted-proxies:}") List<String> trustedProxies) {
        this.trusted = trustedProxies.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Cidr::new)
                .toList();
    }

    /** The client's address in its usual text form. */
    public String of(HttpRequest<?> request) {
        InetSocketAddress peer = request.getRemoteAddress();
        String address = peer.getAddress() == null
                ? peer.getHostString()
                : peer.getAddress().getHostAddress();
        List<String> forwarded = request.getHeaders().getAll("X-Forwarded-For").stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(String::strip)
                .toList();
        for (int i = forwarded.size() - 1; i >= 0 && isTrusted(address) && Cidr.isAddress(forwarded.get(i)); i--) {
            address = forwarded.get(i);
        }
        return address;
    }

    private boolean isTrusted(String address) {
        return trusted.stream().anyMatch(block -> block.containsAddress(address));
    }
}
