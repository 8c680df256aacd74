package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.upstream.http.Translation;
import java.util.ArrayList;
import java.util.List;

/** Makes a call ready for a platform of another dialect. */
public final class Conversion {
    /** How a platform sends a body it was written, and hears the answer through a translation. */
    @FunctionalInterface
    public interface Sender {
        Answer send(byte[] body, Translation translation);
    }

    private Conversion() {}

    /** Converts the call, which must have a codec, and leaves the sending to {@code sender}. */
    public static Prepared prepare(UpstreamRequest request, PlatformCodec platform, Sender sender) {
        CallerCodec caller = request.call().codec();
        if (caller == null) {
            throw new IllegalArgumentException(request.call().dialect() + " is not converted");
        }
        return switch (caller.read(request.call().body())) {
            case CallerCodec.Reading.Refused refused -> new Prepared.Refused(refused.error());
            case CallerCodec.Reading.Understood(Conversation conversation) ->
                write(conversation, request, caller, platform, sender);
        };
    }

    private static Prepared write(
            Conversation conversation,
            UpstreamRequest request,
            CallerCodec caller,
            PlatformCodec platform,
            Sender sender) {
        return switch (platform.write(conversation, request)) {
            case PlatformCodec.Written.Refused refused -> new Prepared.Refused(refused.error());
            case PlatformCodec.Written.Body(byte[] body, List<String> dropped) -> {
                List<String> left = new ArrayList<>(conversation.dropped());
                left.addAll(dropped);
                Translation translation = new Retelling(
                        platform.reader(conversation), caller.writer(request.call(), conversation), platform::words);
                yield new Converted(left, () -> sender.send(body, translation));
            }
        };
    }

    private record Converted(List<String> dropped, Prepared.Ready ready) implements Prepared.Ready {
        @Override
        public Answer send() {
            return ready.send();
        }
    }
}
