package dev.tollgate.web.relay;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** What every connection of the server is given: a bound on what waits in its socket's buffer, and a short temper. */
@Singleton
final class ConnectionTuning implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    /** With what a {@link NettyClientStream} lets wait, 64 KiB a connection. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

    private static final String CLOSER = "tollgate-unreadable-closer";

    private final RequestIds ids;

    ConnectionTuning(RequestIds ids) {
        this.ids = ids;
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        NettyServerCustomizer.Registry registry = event.getBean();
        registry.register(new Customizer(ids, null));
        return registry;
    }

    private record Customizer(RequestIds ids, @Nullable Channel channel) implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return new Customizer(ids, channel);
        }

        @Override
        public void onStreamPipelineBuilt() {
            if (channel != null) {
                channel.config().setWriteBufferWaterMark(WATER_MARK);
                channel.pipeline()
                        .addBefore(
                                ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND,
                                CLOSER,
                                new UnreadableRequests(ids));
            }
        }
    }
}
