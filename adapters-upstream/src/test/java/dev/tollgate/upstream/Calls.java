package dev.tollgate.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.Deadlines;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.StreamGate;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.upstream.http.UpstreamHttp;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Requests for the tests, changed one word at a time. */
public record Calls(
        AccountType type,
        String body,
        boolean stream,
        boolean usageAsked,
        String model,
        String sentModel,
        Long outputBound,
        List<Header> headers,
        Connection connection,
        Deadlines deadlines) {
    public static final Deadlines PATIENT = new Deadlines(
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5));
    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());

    public static Calls chat(String baseUrl) {
        String body = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
        return of(AccountType.OPENAI, baseUrl, body, "gpt-4o");
    }

    public static Calls messages(String baseUrl) {
        String body = "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":100,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
        return of(AccountType.CLAUDE, baseUrl, body, "claude-sonnet-4-5");
    }

    private static Calls of(AccountType type, String baseUrl, String body, String model) {
        Connection connection = new Connection(baseUrl, Map.of("api_key", "sk-upstream"), null, Map.of());
        return new Calls(type, body, false, false, model, model, null, List.of(), connection, PATIENT);
    }

    /** An account at its provider's own address. */
    public static Connection providersOwn() {
        return new Connection(null, Map.of("api_key", "sk-upstream"), null, Map.of());
    }

    public Calls streamed() {
        return new Calls(type, body, true, usageAsked, model, sentModel, outputBound, headers, connection, deadlines);
    }

    public Calls askingForUsage() {
        return new Calls(type, body, stream, true, model, sentModel, outputBound, headers, connection, deadlines);
    }

    public Calls body(String changed) {
        return new Calls(
                type, changed, stream, usageAsked, model, sentModel, outputBound, headers, connection, deadlines);
    }

    public Calls sentAs(String changed) {
        return new Calls(type, body, stream, usageAsked, model, changed, outputBound, headers, connection, deadlines);
    }

    public Calls bound(long changed) {
        return new Calls(type, body, stream, usageAsked, model, sentModel, changed, headers, connection, deadlines);
    }

    public Calls headers(List<Header> changed) {
        return new Calls(type, body, stream, usageAsked, model, sentModel, outputBound, changed, connection, deadlines);
    }

    public Calls connection(Connection changed) {
        return new Calls(type, body, stream, usageAsked, model, sentModel, outputBound, headers, changed, deadlines);
    }

    public Calls deadlines(Deadlines changed) {
        return new Calls(type, body, stream, usageAsked, model, sentModel, outputBound, headers, connection, changed);
    }

    public UpstreamRequest request() {
        return request(StreamGate.OPEN);
    }

    public UpstreamRequest request(StreamGate gate) {
        boolean messages = type == AccountType.CLAUDE;
        CallBounds bounds = new CallBounds(1_000_000L, outputBound, 1, Map.of());
        CallBody read = new CallBody(
                body.getBytes(UTF_8),
                CallBody.JSON,
                model,
                stream,
                bounds,
                usageAsked,
                Served.ORDINARY,
                List.of(),
                List.of());
        RelayCall call = new RelayCall(
                RequestId.at(Instant.now(), 1, 2),
                messages ? "messages" : "chat",
                messages ? "/messages" : "/chat/completions",
                null,
                null,
                "sk-callers-own",
                headers,
                read,
                null,
                false,
                "192.0.2.1",
                "test");
        Account account = new Account(
                new AccountId(1), "account", type, Placement.ORDINARY, Serving.BY_FAMILY, true, Health.VALID);
        return new UpstreamRequest(
                call, account, connection, sentModel, outputBound, false, 1_000_000, deadlines, gate);
    }

    /** Sends what is ready; what is refused before is a bug of the test. */
    public static Answer send(Prepared prepared) {
        return ((Prepared.Ready) prepared).send();
    }

    /** A client that may go to loopback addresses. */
    public static UpstreamHttp http() {
        return http(new AddressRules(true));
    }

    public static UpstreamHttp http(AddressRules rules) {
        return new UpstreamHttp(LOOPS, rules, InstantSource.system());
    }
}
