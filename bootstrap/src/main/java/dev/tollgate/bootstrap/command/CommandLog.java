package dev.tollgate.bootstrap.command;

import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.OperationLog;
import dev.tollgate.domain.identity.UserId;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Writes what commands changed into the operation log, where nobody who signed in stands for it. */
@Singleton
final class CommandLog {
    private static final UserId NOBODY = new UserId(0);

    /** Lines the log keeps of one command, and characters of each. */
    private static final int LINES_MAX = 100;

    private static final int LINE_LENGTH_MAX = 300;

    private final OperationLog log;
    private final Ids ids;
    private final InstantSource clock;

    CommandLog(OperationLog log, Ids ids, InstantSource clock) {
        this.log = log;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Notes one.
     *
     * @param done what it did to the things it counts, as {@code repaired}
     * @param lines one for each change
     */
    void note(String command, String subject, String done, List<String> lines) {
        List<String> first =
                lines.stream().limit(LINES_MAX).map(CommandLog::cut).toList();
        log.add(new OperationLog.Operation(
                ids.next(),
                clock.instant(),
                NOBODY,
                "tollgate",
                "COMMAND",
                command,
                subject,
                null,
                null,
                JsonText.of(Map.of(done, lines.size(), "first", first)),
                "127.0.0.1",
                ""));
    }

    private static String cut(String line) {
        return line.substring(0, Math.min(line.length(), LINE_LENGTH_MAX));
    }
}
