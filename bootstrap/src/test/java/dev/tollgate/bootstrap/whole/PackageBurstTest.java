package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.DearAnswers;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.ScriptedUpstream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PackageBurstTest {
    private static final int CALLS = 200;

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    /** Calls of one to five cents, each as dear as its bound allows. */
    @Test
    void a_dollar_hit_by_many_calls_at_once_is_never_overspent() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(DearAnswers::asDearAsAllowed)) {
            SERVER.world().account("openai", URI.create(upstream.baseUrl() + "/v1"), Map.of());
            SERVER.world().model("dear", "openai", "0", "100");
            long user = SERVER.world().user("ann", "0");
            long userPackage = SERVER.world().quota(user, "1", Map.of());
            String key = SERVER.world().key(user, Map.of("user_package_id", userPackage));

            List<HttpResponse<byte[]>> answers = burst(new Caller(SERVER.uri(), key));

            List<String> refusals = answers.stream()
                    .filter(answer -> answer.statusCode() != 200)
                    .map(answer -> new String(answer.body(), StandardCharsets.UTF_8))
                    .toList();
            SERVER.audit();
            BigDecimal spent = SERVER.world().records().stream()
                    .map(entry -> new BigDecimal(entry.get("total_cost").asText()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(spent).isLessThanOrEqualTo(BigDecimal.ONE).isGreaterThan(new BigDecimal("0.9"));
            assertThat(refusals)
                    .isNotEmpty()
                    .allSatisfy(told -> assertThat(told)
                            .contains("insufficient_quota", "total cost limit of the package", "of $1 used"));
        }
    }

    private static List<HttpResponse<byte[]>> burst(Caller caller) throws Exception {
        List<HttpResponse<byte[]>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<byte[]>>> calls = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                int tokens = 100 + call % 5 * 100;
                calls.add(threads.submit(() -> caller.call(
                        Dialect.CHAT,
                        "{\"model\":\"dear\",\"max_tokens\":" + tokens
                                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")));
            }
            for (Future<HttpResponse<byte[]>> call : calls) {
                answers.add(call.get());
            }
        }
        return answers;
    }
}
