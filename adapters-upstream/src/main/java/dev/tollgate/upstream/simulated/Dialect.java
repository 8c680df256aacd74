package dev.tollgate.upstream.simulated;

import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.http.AnswerCodec;
import java.time.InstantSource;
import java.util.List;

/** How a script is written down for one kind of caller. */
interface Dialect {
    String whole(Script script, UpstreamRequest request);

    /** The events of a stream; the second list is what follows the words. */
    Events events(Script script, UpstreamRequest request);

    String error(int status, String message);

    String errorEvent(String message);

    AnswerCodec codec(UpstreamRequest request, InstantSource clock);

    /**
     * A stream's events.
     *
     * @param words one a word
     */
    record Events(List<String> first, List<String> words, List<String> last) {}
}
