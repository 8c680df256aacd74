package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.upstream.Calls;
import java.util.List;
import java.util.Map;

/** Calls to any of OpenAI's APIs, changed one word at a time. */
public record ApiCalls(
        OpenAiApi api,
        Connection connection,
        String body,
        String contentType,
        String model,
        String sentModel,
        String query,
        boolean stream,
        int choices,
        Long bound) {
    private static final String FORM = "multipart/form-data; boundary=cut";

    public static ApiCalls of(OpenAiApi api, String baseUrl) {
        Connection connection = new Connection(baseUrl, Map.of("api_key", "sk-upstream"), null, Map.of());
        boolean form = api == OpenAiApi.TRANSCRIPTIONS || api == OpenAiApi.TRANSLATIONS;
        String body = form ? form("m") : "{\"model\":\"m\",\"input\":\"Hello, world\",\"prompt\":\"Hello\"}";
        return new ApiCalls(api, connection, body, form ? FORM : CallBody.JSON, "m", "m", null, false, 1, null);
    }

    static String form(String model) {
        return "--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"model\"\r\n"
                + "content-type: audio/wav\r\n\r\nRIFF--cut\r\n\r\n\r\n"
                + "--cut\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + model
                + "\r\n--cut\r\nContent-Disposition: form-data; name=size\r\n\r\n512x512\r\n--cut--\r\n";
    }

    public ApiCalls model(String asked, String sent) {
        return new ApiCalls(api, connection, body, contentType, asked, sent, query, stream, choices, bound);
    }

    public ApiCalls body(String changed) {
        return new ApiCalls(api, connection, changed, contentType, model, sentModel, query, stream, choices, bound);
    }

    public ApiCalls asForm() {
        return new ApiCalls(api, connection, form(model), FORM, model, sentModel, query, stream, choices, bound);
    }

    public ApiCalls query(String changed) {
        return new ApiCalls(api, connection, body, contentType, model, sentModel, changed, stream, choices, bound);
    }

    public ApiCalls streamed(boolean changed) {
        return new ApiCalls(api, connection, body, contentType, model, sentModel, query, changed, choices, bound);
    }

    public ApiCalls choices(int changed) {
        return new ApiCalls(api, connection, body, contentType, model, sentModel, query, stream, changed, bound);
    }

    public ApiCalls bound(long changed) {
        return new ApiCalls(api, connection, body, contentType, model, sentModel, query, stream, choices, changed);
    }

    public ApiCalls with(Map<String, String> credentials) {
        Connection changed = new Connection(connection.baseUrl(), credentials, null, Map.of());
        return new ApiCalls(api, changed, body, contentType, model, sentModel, query, stream, choices, bound);
    }

    public UpstreamRequest request() {
        UpstreamRequest chat = Calls.chat(connection.baseUrl()).request();
        RelayCall before = chat.call();
        CallBody read = new CallBody(
                body.getBytes(UTF_8),
                contentType,
                model,
                stream,
                new CallBounds(1_000_000L, bound, choices, Map.of()),
                false,
                Served.ORDINARY,
                List.of(),
                List.of());
        RelayCall call = new RelayCall(
                before.id(),
                api.dialect(),
                api.path(),
                query,
                null,
                before.keyText(),
                before.headers(),
                read,
                null,
                api == OpenAiApi.MODERATIONS,
                before.clientIp(),
                before.userAgent());
        return new UpstreamRequest(
                call, chat.account(), connection, sentModel, bound, false, chat.contextWindow(), chat.deadlines());
    }
}
