package dev.tollgate.web.relay.input;

import dev.tollgate.application.relay.JsonMembers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The session in the {@code metadata.user_id} of Claude Code: until 2.1.77 the end of {@code
 * user_…_account_…_session_…}, from 2.1.78 a member of JSON in a string.
 */
final class ClaudeCodeSession {
    private static final String MARK = "_session_";

    private ClaudeCodeSession() {}

    static @Nullable String of(@Nullable String userId) {
        if (userId == null) {
            return null;
        }
        if (userId.startsWith("{")) {
            return JsonMembers.scan(userId.getBytes(StandardCharsets.UTF_8)) instanceof JsonMembers members
                    ? members.text("session_id")
                    : null;
        }
        int mark = userId.lastIndexOf(MARK);
        return mark < 0 ? null : userId.substring(mark + MARK.length());
    }
}
