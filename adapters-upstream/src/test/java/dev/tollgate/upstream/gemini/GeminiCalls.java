package dev.tollgate.upstream.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.upstream.Calls;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Requests for the tests, changed one word at a time. */
record GeminiCalls(
        String baseUrl,
        String key,
        String operation,
        String query,
        String body,
        String model,
        String sentModel,
        Long outputBound) {
    static GeminiCalls generate(String baseUrl) {
        return new GeminiCalls(
                baseUrl,
                "upstream-key",
                ":generateContent",
                null,
                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Say hello\"}]}]}",
                "gemini-2.5-flash",
                "gemini-2.5-flash",
                null);
    }

    GeminiCalls operation(String changed, String withQuery) {
        return new GeminiCalls(baseUrl, key, changed, withQuery, body, model, sentModel, outputBound);
    }

    GeminiCalls key(String changed) {
        return new GeminiCalls(baseUrl, changed, operation, query, body, model, sentModel, outputBound);
    }

    GeminiCalls body(String changed) {
        return new GeminiCalls(baseUrl, key, operation, query, changed, model, sentModel, outputBound);
    }

    GeminiCalls sentAs(String changed) {
        return new GeminiCalls(baseUrl, key, operation, query, body, model, changed, outputBound);
    }

    GeminiCalls bound(long changed) {
        return new GeminiCalls(baseUrl, key, operation, query, body, model, sentModel, changed);
    }

    UpstreamRequest request() {
        boolean stream = operation.startsWith(":stream");
        String dialect = switch (operation) {
            case ":countTokens" -> "gemini_count_tokens";
            case ":embedContent", ":batchEmbedContents" -> "embed_content";
            default -> "generate_content";
        };
        CallBody read = new CallBody(
                body.getBytes(UTF_8),
                CallBody.JSON,
                model,
                stream,
                new CallBounds(1_000_000L, outputBound, 1, Map.of()),
                true,
                Served.ORDINARY,
                List.of(),
                List.of());
        RelayCall call = new RelayCall(
                RequestId.at(Instant.now(), 1, 2),
                dialect,
                operation,
                query,
                null,
                "sk-callers-own",
                List.of(),
                read,
                null,
                false,
                "192.0.2.1",
                "test");
        Account account = new Account(
                new AccountId(1),
                "account",
                AccountType.GEMINI,
                Placement.ORDINARY,
                Serving.BY_FAMILY,
                true,
                Health.VALID);
        Connection connection = new Connection(baseUrl, Map.of("api_key", key), null, Map.of());
        return new UpstreamRequest(call, account, connection, sentModel, outputBound, false, 1_000_000, Calls.PATIENT);
    }
}
