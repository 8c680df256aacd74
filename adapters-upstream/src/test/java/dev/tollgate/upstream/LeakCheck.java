package dev.tollgate.upstream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Fails a test class after which a buffer was found that nobody released. Put on every class by JUnit itself. */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
    private static final Noting NOTING = new Noting();

    /** Keeps what Netty says of leaks. */
    private static final class Noting extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)
                    && event.getFormattedMessage().startsWith("LEAK")) {
                FOUND.add(event.getFormattedMessage());
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        watch();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> leaks = leaks();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " buffers were not released: " + leaks.getFirst());
        }
    }

    private static synchronized void watch() {
        if (!NOTING.isStarted()) {
            NOTING.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
            NOTING.start();
            ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(NOTING);
        }
    }

    /** What has leaked since the last call. A leak shows once the buffer is collected and another one is taken. */
    static List<String> leaks() {
        for (int round = 0; round < 2; round++) {
            System.gc();
            PooledByteBufAllocator.DEFAULT.buffer(16).release();
        }
        List<String> leaks = new ArrayList<>(FOUND);
        FOUND.removeAll(leaks);
        return leaks;
    }
}
