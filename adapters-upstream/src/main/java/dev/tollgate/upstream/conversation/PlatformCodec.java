package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.Conversation;
import java.util.List;

/** A platform's own wire, for calls that come in another dialect. Stateless. */
public interface PlatformCodec {
    /** A request in the platform's form. */
    sealed interface Written {
        /** @param dropped the caller's meanings this platform has no place for, by the caller's own field names */
        @SuppressWarnings("ArrayRecordComponent") // written once, never compared
        record Body(byte[] bytes, List<String> dropped) implements Written {
            public Body {
                dropped = List.copyOf(dropped);
            }
        }

        /** The platform cannot be asked this: the error names what and where. */
        record Refused(CallError error) implements Written {}
    }

    /** Writes the body for the request's model ({@code sentModel}), stream and output bound, in that platform's names. */
    Written write(Conversation conversation, UpstreamRequest request);

    AnswerReader reader(Conversation conversation);

    /** The words of an error answer; empty if it has none. */
    String words(byte[] body);
}
