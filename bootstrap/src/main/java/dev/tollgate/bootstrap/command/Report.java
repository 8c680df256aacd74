package dev.tollgate.bootstrap.command;

import java.util.List;

/**
 * What a command came to.
 *
 * @param status its exit status
 * @param lines what it prints
 */
public record Report(int status, List<String> lines) {
    public Report {
        lines = List.copyOf(lines);
    }

    static Report done(List<String> lines) {
        return new Report(0, lines);
    }

    static Report done(String line) {
        return new Report(0, List.of(line));
    }

    static Report failed(List<String> lines) {
        return new Report(1, lines);
    }
}
