package dev.tollgate.upstream.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import dev.tollgate.upstream.Calls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a caller asks of a model, changed one word at a time. */
public record Asked(
        String dialect,
        String model,
        boolean stream,
        @Nullable Long outputBound,
        Conversation conversation) {

    public static Asked of(String model, Turn... turns) {
        Conversation conversation = new Conversation(
                List.of(turns),
                List.of(),
                ToolChoice.AUTO,
                Sampling.ORDINARY,
                null,
                null,
                OutputFormat.TEXT,
                List.of());
        return new Asked("responses", model, false, null, conversation);
    }

    public static Turn user(String text) {
        return user(new Part.Text(text));
    }

    public static Turn user(Part... parts) {
        return new Turn(Role.USER, List.of(parts));
    }

    public static Turn system(String text) {
        return new Turn(Role.SYSTEM, List.of(new Part.Text(text)));
    }

    public static Turn assistant(Part... parts) {
        return new Turn(Role.ASSISTANT, List.of(parts));
    }

    public static Part text(String text) {
        return new Part.Text(text);
    }

    public static Part.ToolCall call(String id, String name, String arguments) {
        return new Part.ToolCall(id, name, new RawJson(json(arguments)), null);
    }

    public static Part result(String id, String text) {
        return new Part.ToolResult(id, null, List.of(new Part.Text(text)), false);
    }

    /** A tool with one required string, {@code city}. */
    public static Tool.Function function(String name) {
        RawJson schema =
                new RawJson(json("{'type':'object','properties':{'city':{'type':'string'}},'required':['city']}"));
        return new Tool.Function(name, "Does " + name, schema, null, false);
    }

    /** JSON with single quotes for double ones, which are easier to read in Java. */
    public static String json(String text) {
        return text.replace('\'', '"');
    }

    public Asked streamed() {
        return new Asked(dialect, model, true, outputBound, conversation);
    }

    public Asked bound(long bound) {
        return new Asked(dialect, model, stream, bound, conversation);
    }

    public Asked by(String caller) {
        return new Asked(caller, model, stream, outputBound, conversation);
    }

    private Asked with(
            List<Tool> tools,
            ToolChoice choice,
            Sampling sampling,
            @Nullable Long bound,
            @Nullable Reasoning reasoning,
            OutputFormat format) {
        Conversation changed = new Conversation(
                conversation.turns(), tools, choice, sampling, bound, reasoning, format, conversation.dropped());
        return new Asked(dialect, model, stream, outputBound, changed);
    }

    public Asked tools(Tool... tools) {
        Conversation old = conversation;
        return with(List.of(tools), old.toolChoice(), old.sampling(), old.outputBound(), old.reasoning(), old.format());
    }

    public Asked choice(ToolChoice.Mode mode, boolean parallel, String... names) {
        Conversation old = conversation;
        ToolChoice choice = new ToolChoice(mode, List.of(names), parallel);
        return with(old.tools(), choice, old.sampling(), old.outputBound(), old.reasoning(), old.format());
    }

    public Asked sampling(Sampling sampling) {
        Conversation old = conversation;
        return with(old.tools(), old.toolChoice(), sampling, old.outputBound(), old.reasoning(), old.format());
    }

    /** Everything there is to say about how the next token is drawn. */
    public Asked sampledInEveryWay() {
        return sampling(new Sampling(
                new RawJson("0.7"),
                new RawJson("0.96"),
                40L,
                new RawJson("0.1"),
                new RawJson("0.2"),
                7L,
                List.of("END")));
    }

    public Asked stop(String... stop) {
        return sampling(new Sampling(null, null, null, null, null, null, List.of(stop)));
    }

    public Asked reasoning(Reasoning reasoning) {
        Conversation old = conversation;
        return with(old.tools(), old.toolChoice(), old.sampling(), old.outputBound(), reasoning, old.format());
    }

    public Asked ownBound(long bound) {
        Conversation old = conversation;
        return with(old.tools(), old.toolChoice(), old.sampling(), bound, old.reasoning(), old.format());
    }

    public Asked format(OutputFormat format) {
        Conversation old = conversation;
        return with(old.tools(), old.toolChoice(), old.sampling(), old.outputBound(), old.reasoning(), format);
    }

    public Asked schema(String schema) {
        return format(new OutputFormat.JsonSchema(null, null, new RawJson(json(schema)), true));
    }

    /** The call to an account's default address. */
    public UpstreamRequest request() {
        return request(Calls.chat("http://localhost").connection(Calls.providersOwn()), null);
    }

    /** The same where the operator lets images be fetched. */
    public UpstreamRequest fetching() {
        UpstreamRequest like = request();
        return new UpstreamRequest(
                like.call(),
                like.account(),
                like.connection(),
                like.sentModel(),
                like.outputBound(),
                true,
                like.contextWindow(),
                like.deadlines());
    }

    /** The call as it is made by {@code calls}, converted by a codec. */
    public UpstreamRequest request(Calls calls, @Nullable CallerCodec codec) {
        UpstreamRequest like = (stream ? calls.streamed() : calls).sentAs(model).request();
        RelayCall call = like.call();
        RelayCall converted = new RelayCall(
                call.id(),
                dialect,
                "/" + dialect,
                "own=query",
                null,
                call.keyText(),
                call.headers(),
                call.body(),
                codec,
                false,
                call.clientIp(),
                call.userAgent());
        return new UpstreamRequest(
                converted,
                like.account(),
                like.connection(),
                model,
                outputBound,
                false,
                like.contextWindow(),
                like.deadlines());
    }

    /** The body a platform is sent. */
    public JsonNode body(PlatformCodec platform) {
        return Json.read(written(platform).bytes());
    }

    public List<String> dropped(PlatformCodec platform) {
        return written(platform).dropped();
    }

    private PlatformCodec.Written.Body written(PlatformCodec platform) {
        PlatformCodec.Written written = platform.write(conversation, request());
        assertThat(written).isInstanceOf(PlatformCodec.Written.Body.class);
        return (PlatformCodec.Written.Body) written;
    }

    public CallError refused(PlatformCodec platform) {
        return ((PlatformCodec.Written.Refused) platform.write(conversation, request())).error();
    }

    /** What a whole answer means, in the order it is told. */
    public List<String> told(PlatformCodec platform, String body) {
        return Told.whole(platform.reader(conversation), json(body).getBytes(UTF_8));
    }

    /** What a stream of these data means. */
    public List<String> toldOf(PlatformCodec platform, String... data) {
        List<String> events = new ArrayList<>();
        for (String each : data) {
            events.add("data: " + json(each) + "\n\n");
        }
        return Told.streamed(platform.reader(conversation), events);
    }
}
