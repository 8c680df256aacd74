package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.Header;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.http.Target;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BedrockAuthTest {
    private static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/bedrock/aws4_request, "
                    + "SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");
    private static final String BODY = "{\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Grüße\"}]}";

    /** AWS's published example {@code get-vanilla}: whoever checks our signatures here must get this right first. */
    @Test
    void the_tests_own_arithmetic_is_that_of_the_published_example() {
        List<String[]> headers = List.of(
                new String[] {"host", "example.amazonaws.com"}, new String[] {"x-amz-date", "20150830T123600Z"});

        assertThat(SignatureByHand.of(
                        "GET",
                        "/",
                        headers,
                        new byte[0],
                        BedrockCalls.KEYS.get("secret_access_key"),
                        "20150830T123600Z",
                        "us-east-1",
                        "service"))
                .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    void what_arrives_is_what_was_signed() {
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(200, "{\"type\":\"message\"}"));
                UpstreamHttp http = Calls.http()) {
            var request = BedrockCalls.messages(server.baseUrl() + "/lab", BODY, false, List.of());
            Calls.send(new BedrockUpstream(http, InstantSource.fixed(NOW)).prepare(request));

            ScriptedUpstream.Received received = server.received().get(0);
            assertThat(received.requestLine())
                    .isEqualTo("POST /lab/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke HTTP/1.1");
            assertThat(received.header("x-amz-date")).containsExactly("20150830T123600Z");
            assertSigned(received);
        }
    }

    private static void assertSigned(ScriptedUpstream.Received received) {
        Matcher said = AUTHORIZATION.matcher(received.header("authorization").get(0));
        assertThat(said.matches()).isTrue();
        assertThat(said.group(1)).contains("host").contains("content-type").contains("x-amz-content-sha256");
        List<String[]> headers = Arrays.stream(said.group(1).split(";", -1))
                .map(name -> new String[] {name, received.header(name).get(0)})
                .toList();
        String path = received.requestLine().split(" ", -1)[1];
        assertThat(SignatureByHand.of(
                        "POST",
                        path,
                        headers,
                        received.body(),
                        BedrockCalls.KEYS.get("secret_access_key"),
                        "20150830T123600Z",
                        "us-east-1",
                        "bedrock"))
                .isEqualTo(said.group(2));
    }

    @Test
    void a_session_token_is_signed_and_sent() {
        Map<String, String> session = new HashMap<>(BedrockCalls.KEYS);
        session.put("session_token", "the-session");

        List<Header> headers = headers(session, List.of());

        assertThat(value(headers, "x-amz-security-token")).isEqualTo("the-session");
        assertThat(value(headers, "authorization")).contains("x-amz-security-token");
    }

    @Test
    void a_bedrock_key_goes_as_it_is() {
        List<Header> headers = headers(BedrockCalls.BEARER, List.of());

        assertThat(value(headers, "authorization")).isEqualTo("Bearer bedrock-key");
        assertThat(headers)
                .noneMatch(header -> header.name().toLowerCase(Locale.ROOT).startsWith("x-amz-"));
    }

    @Test
    void an_accounts_own_header_is_signed_but_cannot_take_the_signatures_place() {
        List<Header> headers = headers(
                BedrockCalls.KEYS,
                List.of(new Header("X-Amzn-Bedrock-Trace", "ENABLED"), new Header("Authorization", "mine")));

        assertThat(value(headers, "authorization"))
                .startsWith("AWS4-HMAC-SHA256")
                .contains("x-amzn-bedrock-trace");
        assertThat(headers)
                .filteredOn(header -> header.isNamed("authorization"))
                .hasSize(1);
    }

    @Test
    void half_a_pair_of_keys_is_none() {
        assertThatThrownBy(() -> headers(Map.of("access_key_id", "A", "region", "us-east-1"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("secret_access_key is missing");
    }

    private static List<Header> headers(Map<String, String> credentials, List<Header> unsigned) {
        Connection connection = new Connection(null, credentials, null, Map.of());
        Target target = BedrockAddress.of(connection, BedrockCalls.CLAUDE, "converse");
        return BedrockAuth.headers(unsigned, target, BODY.getBytes(UTF_8), credentials, NOW);
    }

    private static String value(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.isNamed(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
