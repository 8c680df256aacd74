package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Puts a call into the form it has on the wire. */
final class Requests {
    private Requests() {}

    /**
     * The request's message.
     *
     * @throws IllegalArgumentException if a header has a character that none may have
     * @throws ConnectFailed if the proxy's address is not understood
     */
    static FullHttpRequest of(HttpCall call) throws ConnectFailed {
        @Nullable Proxy asked = askedProxy(call);
        String prefix = asked == null ? "" : "http://" + call.origin().authority();
        boolean post = call.method() == HttpCall.Method.POST;
        ByteBuf body = post ? Unpooled.wrappedBuffer(call.body()) : Unpooled.EMPTY_BUFFER;
        FullHttpRequest message = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.valueOf(call.method().name()), prefix + call.pathAndQuery(), body);
        for (Header header : call.headers()) {
            message.headers().add(header.name(), header.value());
        }
        message.headers().set(HttpHeaderNames.HOST, call.origin().authority());
        message.headers().set(HttpHeaderNames.ACCEPT_ENCODING, "identity");
        if (post) {
            message.headers().set(HttpHeaderNames.CONTENT_LENGTH, call.body().length);
        }
        if (asked != null && asked.user() != null && asked.password() != null) {
            message.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, basic(asked.user(), asked.password()));
        }
        return message;
    }

    /** The proxy that is asked for the resource itself; one that only leads there is none. */
    private static @Nullable Proxy askedProxy(HttpCall call) throws ConnectFailed {
        @Nullable Proxy proxy = call.proxyUrl() == null ? null : Proxy.of(call.proxyUrl());
        return proxy != null && proxy.isAsked(call.origin()) ? proxy : null;
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }
}
