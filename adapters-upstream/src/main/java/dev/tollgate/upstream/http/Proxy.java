package dev.tollgate.upstream.http;

import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An account's own proxy: {@code http://} (CONNECT, for plain http the whole address) or {@code socks5://}, with user info if it wants any. */
record Proxy(
        boolean socks,
        Origin origin,
        @Nullable String user,
        @Nullable String password) {
    /** Names are never looked up by the transport: it is given tested addresses, or the proxy is given the name. */
    static final AddressResolverGroup<?> UNRESOLVED = NoopAddressResolverGroup.INSTANCE;

    static Proxy of(String url) throws ConnectFailed {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean socks = scheme.startsWith("socks5");
            if (uri.getHost() == null || uri.getPort() == -1 || !(socks || scheme.equals("http"))) {
                throw new ConnectFailed("the account's proxy_url is not understood");
            }
            String[] userInfo = uri.getRawUserInfo() == null
                    ? new String[0]
                    : uri.getRawUserInfo().split(":", 2);
            Origin origin = new Origin(false, uri.getHost(), uri.getPort());
            return new Proxy(socks, origin, part(userInfo, 0), part(userInfo, 1));
        } catch (URISyntaxException unreadable) {
            throw new ConnectFailed("the account's proxy_url is not understood");
        }
    }

    private static @Nullable String part(String[] userInfo, int index) {
        return index < userInfo.length ? URLDecoder.decode(userInfo[index], StandardCharsets.UTF_8) : null;
    }

    /** Whether it is asked for each resource by its whole address, as for plain http, instead of for a tunnel. */
    boolean isAsked(Origin target) {
        return !socks && !target.tls();
    }

    ProxyHandler handler(InetSocketAddress address, Duration time) {
        ProxyHandler handler = socks ? new Socks5ProxyHandler(address, user, password) : tunnel(address);
        handler.setConnectTimeoutMillis(time.toMillis());
        return handler;
    }

    private HttpProxyHandler tunnel(InetSocketAddress address) {
        return user == null || password == null
                ? new HttpProxyHandler(address)
                : new HttpProxyHandler(address, user, password);
    }

    @Override
    public String toString() {
        return "Proxy[" + origin + "]";
    }
}
