package dev.tollgate.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy in front of an echo. */
@Timeout(20)
class PartitionTest {
    private static final int SILENCE_MILLIS = 200;
    private static final Duration DELAY = Duration.ofMillis(50);

    private ServerSocket echo;
    private Partition partition;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answer);
        partition = Partition.before(echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        partition.close();
        echo.close();
    }

    @Test
    void passes_bytes_on() throws IOException {
        try (Socket caller = connect()) {
            assertThat(asked(caller, 7)).isEqualTo(7);
        }
    }

    @Test
    void keeps_back_what_is_dropped_until_it_passes_on_again() throws IOException {
        try (Socket caller = connect()) {
            assertThat(asked(caller, 1)).isEqualTo(1);
            partition.drop();
            assertThatThrownBy(() -> asked(caller, 2)).isInstanceOf(SocketTimeoutException.class);
            try (Socket another = connect()) {
                assertThatThrownBy(() -> asked(another, 3)).isInstanceOf(SocketTimeoutException.class);
                partition.forward();
                assertThat(another.getInputStream().read()).isEqualTo(3);
            }
            assertThat(caller.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void lets_questions_through_without_their_answers() throws IOException {
        try (Socket caller = connect()) {
            partition.dropAnswers();
            assertThatThrownBy(() -> asked(caller, 4)).isInstanceOf(SocketTimeoutException.class);
            partition.forward();
            assertThat(caller.getInputStream().read()).isEqualTo(4);
        }
    }

    @Test
    void ends_and_refuses_connections_until_it_passes_on_again() throws IOException {
        try (Socket caller = connect()) {
            assertThat(asked(caller, 1)).isEqualTo(1);
            partition.reject();
            assertThat(isOver(caller)).isTrue();
            // the thread that accepts may close its door a moment later
            Eventually.holds("new ones are refused", Duration.ofSeconds(5), this::isRefused);
        }
        partition.forward();
        try (Socket caller = connect()) {
            assertThat(asked(caller, 5)).isEqualTo(5);
        }
    }

    private boolean isRefused() {
        try (Socket accepted = connect()) {
            return !accepted.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void leaves_a_half_open_connection_silent_for_ever_and_serves_new_ones() throws IOException {
        try (Socket old = connect()) {
            assertThat(asked(old, 1)).isEqualTo(1);
            partition.halfOpen();
            assertThatThrownBy(() -> asked(old, 2)).isInstanceOf(SocketTimeoutException.class);
            try (Socket caller = connect()) {
                assertThat(asked(caller, 6)).isEqualTo(6);
            }
            assertThatThrownBy(() -> asked(old, 3)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void brings_everything_late() throws IOException {
        try (Socket caller = connect()) {
            assertThat(asked(caller, 1)).isEqualTo(1);
            partition.delay(DELAY);
            long asked = System.nanoTime();
            assertThat(asked(caller, 8)).isEqualTo(8);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThanOrEqualTo(DELAY.multipliedBy(2));
        }
    }

    private Socket connect() throws IOException {
        Socket caller = new Socket(InetAddress.getLoopbackAddress(), partition.port());
        caller.setSoTimeout(SILENCE_MILLIS);
        return caller;
    }

    private static int asked(Socket caller, int question) throws IOException {
        caller.getOutputStream().write(question);
        return caller.getInputStream().read();
    }

    private static boolean isOver(Socket caller) throws IOException {
        caller.setSoTimeout((int) Duration.ofSeconds(5).toMillis());
        try {
            return caller.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private void answer() {
        while (!echo.isClosed()) {
            try {
                Socket caller = echo.accept();
                Thread.ofVirtual().start(() -> echo(caller));
            } catch (IOException e) {
                return; // the test is over
            }
        }
    }

    private static void echo(Socket caller) {
        try (caller) {
            long unused = caller.getInputStream().transferTo(caller.getOutputStream());
        } catch (IOException e) {
            return; // the caller is gone
        }
    }
}
