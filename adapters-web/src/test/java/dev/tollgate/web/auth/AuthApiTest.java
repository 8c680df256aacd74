package dev.tollgate.web.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.Secrets;
import dev.tollgate.web.admin.Answer;
import dev.tollgate.web.admin.TestServer;
import dev.tollgate.web.admin.UsersFixture;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthApiTest {
    private static final Secrets SECRETS = purpose -> List.of(new Secrets.Derived("k1", secret()));

    private final TestServer server = new UsersFixture().start(new JwtAccessTokens(SECRETS));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void signing_in_gives_tokens_that_open_the_api() {
        Answer signedIn = signIn("admin", UsersFixture.ADMIN_PASSWORD);

        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.data()).containsEntry("expires_in", 600).containsKeys("access_token", "refresh_token");
        assertThat(user(signedIn))
                .containsEntry("username", "admin")
                .containsEntry("role", "admin")
                .containsKey("id");
        assertThat(call(access(signedIn), "GET", "/api/admin/users", null).status())
                .isEqualTo(200);
        assertThat(call(access(signedIn), "GET", "/api/profile", null).data()).containsEntry("username", "admin");
    }

    @Test
    void a_wrong_password_and_an_unknown_name_are_answered_alike() {
        Answer wrong = signIn("admin", "wrong");
        Answer unknown = signIn("nobody", "wrong");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.text()).isEqualTo(wrong.text());
    }

    @Test
    void the_eleventh_try_is_told_to_wait() {
        for (int i = 0; i < 10; i++) {
            assertThat(signIn("admin", "wrong").status()).isEqualTo(401);
        }

        Answer refused = signIn("admin", UsersFixture.ADMIN_PASSWORD);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.headers().get("retry-after").getFirst()))
                .isBetween(1, 901);
    }

    @Test
    void a_refresh_token_gives_new_tokens_once() {
        Answer signedIn = signIn("admin", UsersFixture.ADMIN_PASSWORD);

        Answer refreshed = refresh(signedIn);

        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(call(access(refreshed), "GET", "/api/profile", null).status())
                .isEqualTo(200);
        assertThat(refresh(signedIn).status()).isEqualTo(401);
        assertThat(refresh(refreshed).status()).isEqualTo(401);
        assertThat(call(access(refreshed), "GET", "/api/profile", null).status())
                .isEqualTo(401);
    }

    @Test
    void signing_out_ends_the_tokens() {
        Answer signedIn = signIn("admin", UsersFixture.ADMIN_PASSWORD);

        assertThat(call(access(signedIn), "POST", "/api/auth/logout", "{}").status())
                .isEqualTo(200);

        assertThat(call(access(signedIn), "GET", "/api/profile", null).status()).isEqualTo(401);
        assertThat(refresh(signedIn).status()).isEqualTo(401);
        assertThat(call(null, "POST", "/api/auth/logout", "{}").status()).isEqualTo(401);
    }

    @Test
    void a_changed_password_ends_the_tokens_and_opens_from_then_on() {
        Answer signedIn = signIn("admin", UsersFixture.ADMIN_PASSWORD);
        String path = "/api/profile/password";

        Answer wrong = call(
                access(signedIn),
                "PUT",
                path,
                "{\"current_password\": \"no\", \"new_password\": \"another password\"}");
        Answer right = call(
                access(signedIn),
                "PUT",
                path,
                "{\"current_password\": \"" + UsersFixture.ADMIN_PASSWORD
                        + "\", \"new_password\": \"another password\"}");

        assertThat(wrong.wrongFields()).containsExactly("current_password");
        assertThat(right.status()).isEqualTo(200);
        assertThat(call(access(signedIn), "GET", "/api/profile", null).status()).isEqualTo(401);
        assertThat(signIn("admin", "another password").status()).isEqualTo(200);
    }

    @Test
    void users_keep_their_own_keys_and_see_no_others() {
        String admin = access(signIn("admin", UsersFixture.ADMIN_PASSWORD));
        Answer ann =
                call(admin, "POST", "/api/admin/users", "{\"username\": \"ann\", \"password\": \"password of ann\"}");
        Answer admins = call(admin, "POST", "/api/admin/users/" + user(admin) + "/api-keys", "{\"name\": \"admin's\"}");
        String token = access(signIn("ann", "password of ann"));

        Answer issued = call(token, "POST", "/api/api-keys", "{\"name\": \"mine\"}");

        assertThat(issued.data()).containsEntry("user_id", ann.data().get("id")).containsKey("key");
        assertThat(call(token, "GET", "/api/api-keys", null).items()).hasSize(1);
        String others = "/api/api-keys/" + admins.data().get("id");
        String absent = "/api/api-keys/5";
        for (String method : List.of("GET", "PUT", "DELETE")) {
            String body = method.equals("PUT") ? "{}" : null;
            Answer refused = call(token, method, others, body);
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.text())
                    .isEqualTo(call(token, method, absent, body).text());
        }
        assertThat(call(token, "POST", others + "/rotate", "{}").status()).isEqualTo(404);
        assertThat(call(token, "GET", "/api/admin/users", null).status()).isEqualTo(403);
    }

    @Test
    void users_cannot_set_what_is_not_theirs_to_set() {
        String admin = access(signIn("admin", UsersFixture.ADMIN_PASSWORD));
        Answer created =
                call(admin, "POST", "/api/admin/users", "{\"username\": \"ann\", \"password\": \"password of ann\"}");
        assertThat(created.status()).isEqualTo(200);
        String token = access(signIn("ann", "password of ann"));

        assertThat(call(
                                token,
                                "POST",
                                "/api/api-keys",
                                "{\"name\": \"x\", \"user_id\": 1, \"price_multiplier\": 0, \"group_ids\": [1],"
                                        + " \"account_ids\": [1]}")
                        .wrongFields())
                .containsExactlyInAnyOrder("user_id", "price_multiplier", "group_ids", "account_ids");
        assertThat(call(
                                token,
                                "PUT",
                                "/api/profile",
                                "{\"role\": \"admin\", \"status\": \"active\", \"price_multiplier\": 0,"
                                        + " \"username\": \"x\", \"billing_mode\": \"postpaid\"}")
                        .wrongFields())
                .containsExactlyInAnyOrder("role", "status", "price_multiplier", "username", "billing_mode");
        assertThat(call(token, "PUT", "/api/profile", "{\"email\": \"a@b.c\", \"time_zone\": \"Asia/Tokyo\"}")
                        .data())
                .containsEntry("email", "a@b.c")
                .containsEntry("time_zone", "Asia/Tokyo");
    }

    @Test
    void an_api_key_opens_nothing_here() {
        String admin = access(signIn("admin", UsersFixture.ADMIN_PASSWORD));
        Answer issued = call(admin, "POST", "/api/admin/users/" + user(admin) + "/api-keys", "{\"name\": \"admin's\"}");

        String key = String.valueOf(issued.data().get("key"));

        assertThat(call(key, "GET", "/api/admin/users", null).status()).isEqualTo(401);
        assertThat(call(key, "GET", "/api/profile", null).status()).isEqualTo(401);
    }

    private Answer signIn(String username, String password) {
        return call(
                null,
                "POST",
                "/api/auth/login",
                "{\"username\": \"" + username + "\", \"password\": \"" + password + "\"}");
    }

    private Answer refresh(Answer signedIn) {
        String token = String.valueOf(signedIn.data().get("refresh_token"));
        return call(null, "POST", "/api/auth/refresh", "{\"refresh_token\": \"" + token + "\"}");
    }

    private Answer call(String token, String method, String path, String body) {
        return server.callWithToken(token, method, path, body);
    }

    private Object user(String token) {
        return call(token, "GET", "/api/profile", null).data().get("id");
    }

    private static String access(Answer signedIn) {
        return String.valueOf(signedIn.data().get("access_token"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> user(Answer signedIn) {
        return (Map<String, Object>) signedIn.data().get("user");
    }

    private static byte[] secret() {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 7);
        return secret;
    }
}
