package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.RecoverAccounts;
import dev.tollgate.bootstrap.server.FixedUpstream;
import dev.tollgate.bootstrap.server.FixedUpstream.Reply;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An account that was refused and is let in again. */
class AccountRecoveryTest {
    private static final String PATH = "/api/admin/accounts";

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    @Test
    void an_account_that_is_let_in_again_is_taken_back() throws IOException {
        try (FixedUpstream upstream = new FixedUpstream(Map.of("/v1/models", Reply.json("{\"data\":[]}")))) {
            long id = SERVER.world()
                    .account("openai", upstream.uri().resolve("/v1"), Map.of("credentials", Map.of("api_key", "bad")));
            refuse(id);
            RecoverAccounts recoverAccounts = SERVER.bean(RecoverAccounts.class);

            assertThat(recoverAccounts.recover()).isZero();
            SERVER.admin().put(PATH + "/" + id, Map.of("credentials", Map.of("api_key", "good")));
            refuse(id);
            int unused = recoverAccounts.recover();

            assertThat(upstream.lastAsked().header("authorization")).isEqualTo("Bearer good");
            assertThat(status(id)).isEqualTo("valid");
        }
    }

    private static void refuse(long id) {
        SERVER.admin().put(PATH + "/" + id + "/status", Map.of("status", "invalid"));
    }

    private static String status(long id) {
        return SERVER.admin().get(PATH + "/" + id).get("status").asText();
    }
}
