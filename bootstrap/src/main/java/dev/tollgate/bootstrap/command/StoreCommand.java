package dev.tollgate.bootstrap.command;

import java.util.Set;

/** A command that works on the stores. It runs in the process that has them open. */
public interface StoreCommand {
    String name();

    /**
     * Runs it.
     *
     * @param options the names of those that were given
     * @param input the file it was given; empty without one
     */
    Report run(Set<String> options, byte[] input);
}
