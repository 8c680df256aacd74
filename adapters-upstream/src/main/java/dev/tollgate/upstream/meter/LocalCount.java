package dev.tollgate.upstream.meter;

import com.fasterxml.jackson.core.JsonParser;
import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.AccountType;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Token counts of our own, as the called model's {@link Family} counts: estimates, used only where the upstream gave no
 * usage that can be believed. Takes time: never on an event loop.
 */
public final class LocalCount {
    private static final int BYTES_PER_TOKEN = 4;

    /** Dialects whose prompts are texts and no conversations. */
    private static final Set<String> TEXTS = Set.of("completions", "embeddings", "embed_content", "images", "audio");

    private LocalCount() {}

    /** A rough count that costs nothing, for while a call runs. */
    public static long roughly(long bytes) {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }

    /** A rough count of a request; what a form carries is sound or images, and no words. */
    static long inputRoughly(UpstreamRequest request) {
        CallBody body = request.call().body();
        return isJson(body) ? Math.min(roughly(body.bytes().length), request.contextWindow()) : 0;
    }

    /** The tokens of a request, no more than the model takes. */
    public static long input(UpstreamRequest request) {
        return input(request.call(), Family.of(request), request.contextWindow());
    }

    /** The tokens of a call no account was found for if the type is null, no more than the model takes. */
    public static long input(RelayCall call, @Nullable AccountType type, String sentModel, long contextWindow) {
        return input(call, Family.of(sentModel, call.body().model(), type), contextWindow);
    }

    private static long input(RelayCall call, Family family, long contextWindow) {
        if (!isJson(call.body())) {
            return 0;
        }
        boolean talk = !TEXTS.contains(call.dialect());
        Prompt prompt = PromptReader.read(call.body().bytes(), family.vocabulary(), talk);
        return Math.min(family.input(prompt), contextWindow);
    }

    private static boolean isJson(CallBody body) {
        return body.contentType().startsWith(CallBody.JSON);
    }

    /** The tokens of an answer. */
    public static long output(UpstreamRequest request, SpokenText spoken) {
        Family family = Family.of(request);
        Vocabulary vocabulary = family.vocabulary();
        long words = vocabulary.tokens(unescaped(spoken.kept())) + vocabulary.tokens(spoken.asides());
        boolean inItems = request.call().dialect().equals("responses");
        Said said = new Said(words + roughly(spoken.beyond()), spoken.calls(), inItems);
        return said.isNothing() ? 0 : family.output(said);
    }

    static String unescaped(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        try (JsonParser parser = JsonTree.FACTORY.createParser("\"" + raw + "\"")) {
            parser.nextToken();
            return parser.getText();
        } catch (IOException cutInsideAnEscape) {
            return raw;
        }
    }
}
