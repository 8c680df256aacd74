package dev.tollgate.web.relay;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every connection of the server is given: a bound on what waits in its socket's buffer, and a short temper. */
@Singleton
final class ConnectionTuning implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    /** With what a {@link NettyClientStream} lets wait, 64 KiB a connection. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

    private static final String CLOSER = "tollgate-malformed-closer";

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        NettyServerCustomizer.Registry registry = event.getBean();
        registry.register(new Customizer(null));
        return registry;
    }

    private record Customizer(@Nullable Channel channel) implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return new Customizer(channel);
        }

        @Override
        public void onStreamPipelineBuilt() {
            if (channel != null) {
                channel.config().setWriteBufferWaterMark(WATER_MARK);
                channel.pipeline()
                        .addBefore(
                                ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, CLOSER, new MalformedBodyCloser());
            }
        }
    }

    /**
     * Nothing that follows a body cut into bad chunks can be understood: the connection ends. Nor can a body in a coding
     * other than chunks, which would be taken for the next request (RFC 9112, 6.3).
     */
    private static final class MalformedBodyCloser extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpContent content
                    && content.decoderResult().isFailure()) {
                ReferenceCountUtil.release(message);
                var unused = context.close();
            } else {
                refuseUnknownCoding(message);
                context.fireChannelRead(message);
            }
        }

        private static void refuseUnknownCoding(Object message) {
            if (message instanceof HttpRequest request
                    && request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                    && !isChunked(request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING))) {
                request.setDecoderResult(DecoderResult.failure(new IOException("an unknown transfer coding")));
            }
        }

        private static boolean isChunked(List<String> codings) {
            return codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked");
        }
    }
}
