package dev.tollgate.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathRolesTest {
    private static final TestServer SERVER = TestServer.start();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/admin/nothing, 401, 403, 404",
        "/admin/nothing, 401, 403, 404",
        "/API/ADMIN/nothing, 401, 403, 404",
        "/api/admin/nothing/, 401, 403, 404",
        "/api/nothing, 401, 404, 404",
        "/api/./admin/nothing, 401, 403, 403",
        "//api/admin/nothing, 401, 403, 403",
        "/api/admin;/nothing, 401, 403, 403",
        "/nothing, 401, 403, 403",
        "/v1/nothing, 404, 404, 404",
    })
    void lets_each_role_in_where_it_belongs(String path, int nobody, int user, int admin) {
        assertThat(SERVER.get(null, path).status()).isEqualTo(nobody);
        assertThat(SERVER.get(TestServer.USER, path).status()).isEqualTo(user);
        assertThat(SERVER.get(TestServer.ADMIN, path).status()).isEqualTo(admin);
    }

    @ParameterizedTest
    @CsvSource({"tg-0000000000000000000000000000000000000000000000", "eyJhbGciOiJub25lIn0.eyJyb2xlIjoiQURNSU4ifQ."})
    void refuses_tokens_that_are_not_of_its_own_making(String token) {
        Answer answer = SERVER.callWithToken(token, "GET", "/api/admin/nothing", null);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json()).containsEntry("code", 401).containsEntry("message", "sign in first");
    }
}
