package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import java.time.Duration;

/** Use case: prove who one is by password, renew that proof, end it. */
public interface SignIn {
    /**
     * Signs in by password. An unknown name costs as much work as a wrong password.
     *
     * @param address where the attempt comes from; with the name it counts towards the limit
     */
    Outcome signIn(String username, String password, String address);

    /** Renews a sign-in; a token used a second time ends every sign-in that came of the same password. */
    Outcome refresh(String refreshToken);

    /** Ends everything a user is signed in to, on every node within five seconds. */
    void signOut(UserId user);

    /** What came of it. */
    sealed interface Outcome {
        record SignedIn(
                String accessToken, Duration expiresIn, String refreshToken, User user, boolean mustChangePassword)
                implements Outcome {
            @Override
            public String toString() {
                return "SignedIn[user=" + user.username() + "]";
            }
        }

        /** Wrong name, password or token, or the user is disabled: which of them is not told. */
        record Refused() implements Outcome {}

        /** Too many attempts lately. */
        record TooMany(Duration retryAfter) implements Outcome {}
    }
}
