package dev.tollgate.persistence.server;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to a test's processes, which Java itself cannot send. */
public final class Signals {
    private Signals() {}

    /**
     * Sends it by the shell's own {@code kill}: the program of that name is not everywhere.
     *
     * @param name {@code STOP}, {@code CONT} and so on
     */
    public static void send(Process process, String name) {
        String command = "kill -s " + name + " " + process.pid();
        try {
            int status =
                    new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(command + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
