package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user as stored, with what only signing in needs.
 *
 * @param deletedAt when it was deleted; null while it exists. Its name stays taken, so that it can be restored
 */
public record StoredUser(
        User user,
        Login login,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt) {
    public UserId id() {
        return user.id();
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }

    /** Whether the user may sign in and make calls. */
    public boolean isActive() {
        return user.active() && !isDeleted();
    }

    /** The same user with other facts about it, as of an instant. */
    public StoredUser edited(User edited, Login newLogin, Instant now) {
        return new StoredUser(edited, newLogin, createdAt, now, deletedAt);
    }

    /** The same user deleted, or restored, as of an instant. */
    public StoredUser deleted(boolean gone, Instant now) {
        return new StoredUser(user, login.ended(), createdAt, now, gone ? now : null);
    }

    /**
     * How a user proves who it is.
     *
     * @param passwordHash in the form of {@link PasswordHashes}
     * @param epoch rises whenever tokens given out before must no longer hold
     */
    public record Login(String passwordHash, boolean mustChangePassword, long epoch) {
        /** The same, tokens given out before no longer holding. */
        public Login ended() {
            return new Login(passwordHash, mustChangePassword, epoch + 1);
        }

        /** With another password, tokens given out before no longer holding. */
        public Login withPassword(String newHash, boolean mustChange) {
            return new Login(newHash, mustChange, epoch + 1);
        }

        @Override
        public String toString() {
            return "Login[epoch=" + epoch + "]";
        }
    }
}
