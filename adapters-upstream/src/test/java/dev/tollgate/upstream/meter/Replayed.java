package dev.tollgate.upstream.meter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.CollectingClient;
import dev.tollgate.upstream.Exchanges.Exchange;
import dev.tollgate.upstream.Platform;
import dev.tollgate.upstream.Replies.Chunking;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.anthropic.AnthropicUpstream;
import dev.tollgate.upstream.bedrock.BedrockUpstream;
import dev.tollgate.upstream.bedrock.conversation.ToldConversation;
import dev.tollgate.upstream.conversation.Asked;
import dev.tollgate.upstream.gemini.GeminiUpstream;
import dev.tollgate.upstream.http.UpstreamHttp;
import dev.tollgate.upstream.openai.OpenAiUpstream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.eventstream.Message;

/** Recorded exchanges sent once more, through the platform's own upstream, with the usage told or taken out. */
final class Replayed {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final String AMAZON = "application/vnd.amazon.eventstream";
    private static final Pattern BASE64 = Pattern.compile("\"bytes\":\\s*\"([^\"]*)\"");

    /** How an API is called: by which account, in which dialect, below which path. */
    private record Api(AccountType type, Platform platform, String dialect, String path) {}

    private Replayed() {}

    /** Whether a call of ours leads to it. */
    static boolean isMetered(Exchange exchange) {
        boolean claudes =
                !exchange.api().startsWith("invoke") || exchange.model().contains("claude");
        return api(exchange) != null && claudes;
    }

    /** What the relay would meter. */
    static Metered metered(Exchange exchange, boolean told) {
        byte[] answer = told ? exchange.answer() : silenced(exchange);
        try (ScriptedUpstream server = ScriptedUpstream.start()) {
            server.then((request, wire) -> {
                wire.write("HTTP/1.1 200 OK\r\ncontent-type: " + type(exchange)
                        + "\r\ntransfer-encoding: chunked\r\n\r\n");
                for (byte[] piece : Chunking.byBytes(4000).pieces(answer)) {
                    wire.chunk(piece);
                }
                wire.lastChunk();
            });
            Api api = api(exchange);
            return switch (Calls.send(api.platform.prepare(request(exchange, server.baseUrl())))) {
                case Answer.Whole whole -> whole.metered();
                case Answer.Streaming streaming ->
                    streaming.forward(new CollectingClient()).metered();
                case Answer.Cut cut -> throw new AssertionError("nothing is cut off here");
                case Answer.Failed failed -> throw new AssertionError(exchange + " failed: " + failed.fault());
            };
        }
    }

    static UpstreamRequest request(Exchange exchange, String baseUrl) {
        Api api = api(exchange);
        AccountType type = api == null ? AccountType.SIMULATED : api.type;
        Connection connection =
                new Connection(baseUrl, Map.of("api_key", "key", "region", "us-east-1"), null, Map.of());
        UpstreamRequest plain = new Calls(
                        type,
                        exchange.request().toString(),
                        exchange.stream(),
                        true,
                        exchange.model(),
                        exchange.model(),
                        null,
                        List.of(),
                        connection,
                        Calls.PATIENT)
                .request();
        RelayCall call = plain.call();
        boolean converse = exchange.api().startsWith("converse");
        RelayCall changed = new RelayCall(
                call.id(),
                api == null ? "chat" : api.dialect,
                api == null ? "" : api.path,
                null,
                null,
                call.keyText(),
                call.headers(),
                call.body(),
                converse ? new ToldConversation(Asked.of("m", Asked.user("Hi")).conversation()) : null,
                false,
                call.clientIp(),
                call.userAgent());
        return new UpstreamRequest(
                changed,
                plain.account(),
                connection,
                plain.sentModel(),
                null,
                false,
                plain.contextWindow(),
                plain.deadlines());
    }

    private static Api api(Exchange exchange) {
        InstantSource clock = InstantSource.system();
        Platform openAi = new OpenAiUpstream(HTTP, clock);
        Platform gemini = new GeminiUpstream(HTTP, clock);
        Platform bedrock = new BedrockUpstream(HTTP, clock);
        return switch (exchange.api()) {
            case "chat_completions" -> new Api(AccountType.OPENAI, openAi, "chat", "/chat/completions");
            case "responses" -> new Api(AccountType.OPENAI, openAi, "responses", "/responses");
            case "completions" -> new Api(AccountType.OPENAI, openAi, "completions", "/completions");
            case "embeddings" -> new Api(AccountType.OPENAI, openAi, "embeddings", "/embeddings");
            case "messages" -> new Api(AccountType.CLAUDE, new AnthropicUpstream(HTTP, clock), "messages", "/messages");
            case "generateContent", "streamGenerateContent" ->
                new Api(AccountType.GEMINI, gemini, "generate_content", ":" + exchange.api());
            case "embedContent" -> new Api(AccountType.GEMINI, gemini, "embed_content", ":embedContent");
            case "converse", "converse_stream" -> new Api(AccountType.BEDROCK, bedrock, "chat", "/chat");
            case "invoke_model", "invoke_model_stream" ->
                new Api(AccountType.BEDROCK, bedrock, "messages", "/messages");
            default -> null;
        };
    }

    private static boolean isAmazonStream(Exchange exchange) {
        return exchange.platform().equals("bedrock") && exchange.api().endsWith("_stream");
    }

    private static String type(Exchange exchange) {
        if (isAmazonStream(exchange)) {
            return AMAZON;
        }
        return exchange.stream() ? "text/event-stream" : "application/json";
    }

    /** The same answer, without a word about usage. */
    private static byte[] silenced(Exchange exchange) {
        if (!isAmazonStream(exchange)) {
            return silenced(new String(exchange.answer(), UTF_8)).getBytes(UTF_8);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer left = ByteBuffer.wrap(exchange.answer());
        while (left.hasRemaining()) {
            int length = left.getInt(left.position());
            Message frame = Message.decode(left.slice(left.position(), length));
            left.position(left.position() + length);
            String payload = silenced(chunkSilenced(new String(frame.getPayload(), UTF_8)));
            ByteBuffer encoded = new Message(frame.getHeaders(), payload.getBytes(UTF_8)).toByteBuffer();
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private static String chunkSilenced(String payload) {
        Matcher chunk = BASE64.matcher(payload);
        if (!chunk.find()) {
            return payload;
        }
        String json = silenced(new String(Base64.getDecoder().decode(chunk.group(1)), UTF_8));
        String quiet = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
        return payload.substring(0, chunk.start(1)) + quiet + payload.substring(chunk.end(1));
    }

    private static String silenced(String json) {
        return json.replace("\"usage\"", "\"unsaid\"")
                .replace("\"usageMetadata\"", "\"unsaid\"")
                .replace("\"amazon-bedrock-invocationMetrics\"", "\"unsaid\"");
    }
}
