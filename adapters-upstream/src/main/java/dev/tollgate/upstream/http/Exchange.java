package dev.tollgate.upstream.http;

import dev.tollgate.domain.account.Fault;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request and its answer on one connection, with its timers. Lives on the connection's event loop. */
final class Exchange {
    private static final int INTERIM_MAX = 8;

    private final Channel channel;
    private final Timers timers;
    private final AnswerSink sink;
    private @Nullable ScheduledFuture<?> alarm;
    private boolean written;
    private boolean answered;
    private boolean interim;
    private int interims;
    private boolean keepAlive;
    private boolean paused;
    private boolean ended;
    private boolean over;

    Exchange(Channel channel, Timers timers, AnswerSink sink) {
        this.channel = channel;
        this.timers = timers;
        this.sink = sink;
    }

    void start(FullHttpRequest request) {
        if (!channel.isActive()) {
            request.release();
            fail(Fault.Kind.CONNECT, "the connection was closed before it was used");
            return;
        }
        timers.touch();
        setAlarm();
        channel.writeAndFlush(request).addListener(future -> onWritten((ChannelFuture) future));
        channel.read();
    }

    private void onWritten(ChannelFuture write) {
        if (write.isSuccess()) {
            written = true;
            timers.touch();
        } else if (!over && !answered) {
            fail(Fault.Kind.UNKNOWN, "the request could not be written: " + Words.of(write.cause()));
        }
    }

    /** Takes what the codec read; whether the connection may serve another call is known when it is {@link #isOver}. */
    void read(HttpObject message) {
        if (over) {
            return;
        }
        if (ended) {
            keepAlive = false; // bytes nobody asked for: what comes next could be taken for another call's answer
            return;
        }
        if (message.decoderResult().isFailure()) {
            fail(
                    Fault.Kind.BROKEN,
                    "the answer is not HTTP: "
                            + Words.of(message.decoderResult().cause()));
            return;
        }
        timers.touch();
        if (message instanceof HttpResponse response) {
            readHead(response);
        }
        if (!over && message instanceof HttpContent content) {
            readBody(content);
        }
    }

    private void readHead(HttpResponse response) {
        interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (interim) {
            if (++interims > INTERIM_MAX) {
                fail(Fault.Kind.BROKEN, "too many interim answers");
            }
            return;
        }
        answered = true;
        timers.answered();
        resetAlarm(); // silence may be shorter than the time for the first byte
        keepAlive = HttpUtil.isKeepAlive(response);
        sink.head(response.status().code(), response.headers());
    }

    private void readBody(HttpContent content) {
        if (interim) {
            return;
        }
        if (content.content().isReadable()) {
            sink.bytes(content.content());
        }
        ended = content instanceof LastHttpContent;
    }

    /** The end of one read: reads on unless the message has ended or the sink has asked for a pause. */
    void readComplete() {
        if (!over && ended) {
            finish();
            return;
        }
        if (!over) {
            sink.burstEnd();
        }
        if (!over && !paused) {
            channel.read();
        }
    }

    void pause() {
        paused = true;
    }

    void resume() {
        if (paused && !over) {
            paused = false;
            timers.touch();
            channel.read();
        }
    }

    /** The peer closed the connection, or it broke. */
    void closed(String why) {
        if (!over && ended) {
            finish();
            keepAlive = false;
            tellEnd();
        } else if (!over) {
            fail(answered ? Fault.Kind.BROKEN : Fault.Kind.UNKNOWN, why);
        }
    }

    /**
     * Tells the sink of the message's end, once the connection is free for the next call. A sink that fails at that is
     * told of a break instead, for somebody waits for it and the connection will bring nothing more.
     */
    void tellEnd() {
        if (!ended) {
            return;
        }
        try {
            sink.complete();
        } catch (RuntimeException bug) {
            sink.broken(Fault.Kind.BROKEN, "the answer cannot be read: " + Words.of(bug));
        }
    }

    /** Ends the exchange without telling the sink; the connection goes with it. */
    void cancel() {
        if (!over) {
            abandon();
        }
    }

    boolean isOver() {
        return over;
    }

    /** Whether the message was parsed to its end and both sides may go on. */
    boolean isReusable() {
        return over && keepAlive && written;
    }

    private void fail(Fault.Kind kind, String message) {
        abandon();
        sink.broken(kind, message);
    }

    private void abandon() {
        finish();
        keepAlive = false;
        var unused = channel.close();
    }

    private void finish() {
        over = true;
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    private void resetAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
        }
        setAlarm();
    }

    private void setAlarm() {
        alarm = channel.eventLoop().schedule(this::onAlarm, timers.nanosLeft(paused), TimeUnit.NANOSECONDS);
    }

    private void onAlarm() {
        if (over) {
            return;
        }
        String expired = timers.expired(paused);
        if (expired != null) {
            fail(Fault.Kind.TIMEOUT, expired);
        } else {
            setAlarm();
        }
    }

    /** Shortens what is left of the whole time: nobody waits for the answer any more. */
    void endWithin(long nanos) {
        if (!over) {
            timers.endWithin(nanos);
            resetAlarm();
        }
    }
}
