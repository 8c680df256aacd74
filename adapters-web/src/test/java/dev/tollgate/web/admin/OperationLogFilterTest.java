package dev.tollgate.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tollgate.application.account.InMemoryAccountGroups;
import dev.tollgate.application.account.InMemoryAccounts;
import dev.tollgate.application.account.ManageAccountGroupsService;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.OperationLog;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OperationLogFilterTest {
    private static final String PATH = "/api/admin/account-groups";

    @Test
    void a_change_that_cannot_be_noted_is_answered_and_told_in_the_log() {
        InMemoryAccountGroups groups = new InMemoryAccountGroups();
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        Logger main = (Logger) LoggerFactory.getLogger("tollgate.main");
        heard.start();
        main.addAppender(heard);
        try (TestServer server = TestServer.start(new Full(), service(groups))) {
            Answer made = server.post(TestServer.ADMIN, PATH, "{\"name\":\"made\"}");

            assertThat(made.status()).isEqualTo(200);
            assertThat(made.data()).containsEntry("name", "made");
            assertThat(groups.all()).hasSize(1);
            assertThat(heard.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.startsWith(
                            "POST " + PATH + " by admin was done and is not in the operation log, request "));
        } finally {
            main.detachAppender(heard);
        }
    }

    @Test
    void a_long_note_is_cut_and_says_so() throws IOException {
        JsonMapper json = JsonMapper.createDefault();
        String whole = json.writeValueAsString(Map.of("text", "a".repeat(NoteText.LENGTH_MAX)));

        String fits = NoteText.of(Map.of("text", "a".repeat(NoteText.LENGTH_MAX - "{\"text\":\"\"}".length())), json);
        String cut = NoteText.of(Map.of("text", "a".repeat(NoteText.LENGTH_MAX)), json);

        assertThat(fits).hasSize(NoteText.LENGTH_MAX).startsWith("{\"text\":\"");
        assertThat(json.readValue(cut, Map.class))
                .isEqualTo(Map.of(
                        "cut",
                        "the first " + NoteText.LENGTH_MAX + " of " + whole.length() + " characters",
                        "beginning",
                        whole.substring(0, NoteText.LENGTH_MAX)));
    }

    private static ManageAccountGroupsService service(InMemoryAccountGroups groups) {
        return new ManageAccountGroupsService(
                groups, new InMemoryAccounts(new InMemoryChanges()), new AtomicLong()::incrementAndGet);
    }

    /** A log with no room. */
    private static final class Full implements OperationLog {
        @Override
        public void add(Operation operation) {
            throw new IllegalStateException("no room");
        }

        @Override
        public List<Operation> list(@Nullable Long before, int limit) {
            return List.of();
        }
    }
}
