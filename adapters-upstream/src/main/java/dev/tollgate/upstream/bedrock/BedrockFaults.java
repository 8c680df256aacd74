package dev.tollgate.upstream.bedrock;

import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.domain.account.Fault.Scope;
import dev.tollgate.upstream.http.AnswerCodec.StreamError;
import dev.tollgate.upstream.http.Faults;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.http.Waits;
import dev.tollgate.upstream.http.Words;
import dev.tollgate.upstream.meter.JsonTree;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Bedrock's errors say about the account and about asking again. */
final class BedrockFaults {
    private static final String TYPE_HEADER = "x-amzn-errortype";
    private static final String EXCEPTION = "exception";

    private BedrockFaults() {}

    static Fault of(int status, HttpHeaders headers, byte[] body, Instant now) {
        String type = type(headers.get(TYPE_HEADER), body);
        String message = BedrockWords.of(body);
        Kind kind = kind(bare(type), message, status);
        Instant retryAt = Faults.passes(kind) ? Faults.retryAt(headers, message, now) : null;
        String words = Words.bounded(status + " " + type + ": " + message);
        return new Fault(kind, status, retryAt, words, scope(kind, message));
    }

    /** The header's value up to its colon, else what the body calls the type behind its namespace. */
    private static String type(@Nullable String header, byte[] body) {
        if (header != null) {
            int colon = header.indexOf(':');
            return colon < 0 ? header : header.substring(0, colon);
        }
        Map<String, Object> members = JsonTree.members(body, 0, body.length, Set.of("__type"));
        String type = members == null ? "" : JsonTree.text(members.get("__type"));
        return type.substring(type.indexOf('#') + 1);
    }

    /** {@code ThrottlingException} and {@code throttlingException} are one: {@code throttling}. */
    private static String bare(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.endsWith(EXCEPTION) ? lower.substring(0, lower.length() - EXCEPTION.length()) : lower;
    }

    /**
     * A quota of the service is a rate or a number of things at once that AWS raises on request, so it is a limit and no
     * want of money.
     */
    private static Kind kind(String type, String message, int status) {
        String lower = message.toLowerCase(Locale.ROOT);
        return switch (type) {
            case "accessdenied" -> lower.contains("payment_instrument") ? Kind.BALANCE : Kind.CREDENTIALS;
            case "unrecognizedclient",
                    "expiredtoken",
                    "invalidsignature",
                    "incompletesignature",
                    "missingauthenticationtoken",
                    "notauthorized" -> Kind.CREDENTIALS;
            case "throttling", "toomanyrequests", "limitexceeded", "servicequotaexceeded" -> Kind.RATE_LIMITED;
            case "modelnotready", "serviceunavailable" -> Kind.OVERLOADED;
            case "validation", "resourcenotfound", "conflict" -> Kind.REQUEST;
            case "modeltimeout", "modelerror", "modelstreamerror", "internalserver", "internalfailure" -> Kind.SERVER;
            default -> Faults.kind(status);
        };
    }

    /** Bedrock's rates are each model's own, and a model that nobody enabled says nothing against the others. */
    private static Scope scope(Kind kind, String message) {
        boolean models = kind == Kind.RATE_LIMITED
                || (kind == Kind.CREDENTIALS && message.toLowerCase(Locale.ROOT).contains("access to the model"));
        return models ? Scope.MODEL : Scope.ACCOUNT;
    }

    /** Whether a frame is an exception or an error: events have names of a few known words, exceptions end so. */
    static boolean isFault(StreamEvent event) {
        String name = event.name();
        return name.endsWith("Exception") || (!name.isEmpty() && !Character.isLowerCase(name.charAt(0)));
    }

    /** An exception told inside a stream, with the status it has as an answer. */
    static StreamError inStream(StreamEvent event, Instant now) {
        byte[] body = Arrays.copyOfRange(event.data(), event.dataFrom(), event.dataTo());
        String type = bare(event.name());
        String message = BedrockWords.of(body);
        int status = status(type);
        Kind kind = kind(type, message, status);
        Instant retryAt = kind == Kind.RATE_LIMITED ? Waits.inWords(message, now) : null;
        String words = Words.bounded(status + " " + event.name() + ": " + message);
        return new StreamError(new Fault(kind, status, retryAt, words, scope(kind, message)), status, body);
    }

    /** AWS's front answers 200 at times with an error's body, or another service's: null if it has what answers have. */
    static @Nullable StreamError inWhole(byte[] body, Set<String> answers) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, answers);
        if (members == null) {
            return Faults.unreadable();
        }
        return members.isEmpty() ? Faults.unreadable("no answer: " + BedrockWords.of(body)) : null;
    }

    private static int status(String type) {
        return switch (type) {
            case "validation", "servicequotaexceeded", "conflict" -> 400;
            case "accessdenied", "unrecognizedclient", "expiredtoken" -> 403;
            case "resourcenotfound" -> 404;
            case "modeltimeout" -> 408;
            case "modelstreamerror", "modelerror" -> 424;
            case "throttling", "modelnotready" -> 429;
            case "serviceunavailable" -> 503;
            default -> 500;
        };
    }
}
