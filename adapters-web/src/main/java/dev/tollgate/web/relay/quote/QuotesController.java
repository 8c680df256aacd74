package dev.tollgate.web.relay.quote;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.QuoteCall;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.JsonBody;
import dev.tollgate.web.relay.BodyReading;
import dev.tollgate.web.relay.Dialect;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/admin/quotes}: what a call would meet, without making it. */
@Controller("/api/admin/quotes")
@ExecuteOn(TaskExecutors.BLOCKING)
final class QuotesController {
    private static final int NAME_LENGTH_MAX = 256;

    private final QuoteCall quotes;
    private final QuotedCalls calls;
    private final JsonMapper json;

    QuotesController(QuoteCall quotes, QuotedCalls calls, JsonMapper json) {
        this.quotes = quotes;
        this.calls = calls;
        this.json = json;
    }

    @Post
    Envelope<QuoteView> quote(@Body byte[] request) {
        JsonBody given = JsonBody.of(tree(request));
        Map<String, String> names = new LinkedHashMap<>();
        calls.names().forEach(name -> names.put(name, name));
        Given<String> dialect = given.choice("dialect", names).required();
        Given<Long> key = given.id("api_key_id").required();
        Given<String> model = given.text("model", NAME_LENGTH_MAX);
        Given<JsonBody> unused = given.object("body").required();
        given.check();
        byte[] body = bytes(request);
        Dialect of = calls.dialect(dialect.value(), model.orNull(null), body)
                .orElseThrow(() -> ApiFailure.invalid("model", "is required where the body names none"));
        return switch (QuotedCalls.read(of, body)) {
            case BodyReading.Refused(CallError error) -> Envelope.of(QuoteView.refused(error));
            case BodyReading.Read(CallBody read) -> Envelope.of(quote(new ApiKeyId(key.value()), of, read));
        };
    }

    private QuoteView quote(ApiKeyId key, Dialect dialect, CallBody body) {
        return switch (quotes.quote(key, calls.call(dialect, body))) {
            case QuoteCall.Answer.Told(QuoteCall.Quote quote) -> QuoteView.from(quote);
            case QuoteCall.Answer.NoSuchKey none -> throw ApiFailure.notFound("API key");
        };
    }

    private @Nullable JsonNode tree(byte[] request) {
        try {
            return json.readValue(request, JsonNode.class);
        } catch (IOException e) {
            throw ApiFailure.invalid("", "the body must be a JSON object");
        }
    }

    /** The call's own bytes, as they stand in the question: what a call may hold depends on them. */
    private static byte[] bytes(byte[] request) {
        if (JsonMembers.scan(request) instanceof JsonMembers members) {
            JsonMembers.Value body = members.value("body");
            if (body != null) {
                return Arrays.copyOfRange(request, body.start(), body.end());
            }
        }
        throw ApiFailure.invalid("body", "must be an object, without any key twice");
    }
}
