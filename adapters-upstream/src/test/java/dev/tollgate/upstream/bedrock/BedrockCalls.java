package dev.tollgate.upstream.bedrock;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.upstream.Calls;
import java.util.List;
import java.util.Map;

/** Requests to Bedrock accounts for the tests. */
public final class BedrockCalls {
    static final Map<String, String> KEYS = Map.of(
            "access_key_id",
            "AKIDEXAMPLE",
            "secret_access_key",
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            "region",
            "us-east-1");
    static final Map<String, String> BEARER = Map.of("api_key", "bedrock-key", "region", "eu-west-1");
    static final String CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

    private BedrockCalls() {}

    /** A caller of messages, as the admin's test of an account is one too: without a codec. */
    static UpstreamRequest messages(String baseUrl, String body, boolean stream, List<Header> headers) {
        Connection connection = new Connection(baseUrl, KEYS, null, Map.of());
        return in("messages", null, call(connection, body, stream, CLAUDE, headers));
    }

    /** A caller of another dialect. */
    public static UpstreamRequest converted(
            String baseUrl, String dialect, CallerCodec codec, boolean stream, String model) {
        return converted(baseUrl, dialect, codec, "{}", stream, model);
    }

    static UpstreamRequest converted(
            String baseUrl, String dialect, CallerCodec codec, String body, boolean stream, String model) {
        Connection connection = new Connection(baseUrl, BEARER, null, Map.of());
        return in(dialect, codec, call(connection, body, stream, model, List.of()));
    }

    private static UpstreamRequest call(
            Connection connection, String body, boolean stream, String sent, List<Header> headers) {
        return new Calls(
                        AccountType.BEDROCK,
                        body,
                        stream,
                        false,
                        "claude-sonnet-4-5",
                        sent,
                        null,
                        headers,
                        connection,
                        Calls.PATIENT)
                .request();
    }

    private static UpstreamRequest in(String dialect, CallerCodec codec, UpstreamRequest request) {
        RelayCall call = request.call();
        RelayCall changed = new RelayCall(
                call.id(),
                dialect,
                "/" + dialect,
                null,
                null,
                call.keyText(),
                call.headers(),
                call.body(),
                codec,
                false,
                call.clientIp(),
                call.userAgent());
        return new UpstreamRequest(
                changed,
                request.account(),
                request.connection(),
                request.sentModel(),
                request.outputBound(),
                request.fetchImages(),
                request.contextWindow(),
                request.deadlines());
    }
}
