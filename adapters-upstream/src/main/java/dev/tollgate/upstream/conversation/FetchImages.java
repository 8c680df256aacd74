package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the bytes of images in place of their addresses, for platforms that take none, where the operator allows it.
 * Blocks while they are fetched. Where accounts may not be at private addresses, images may not either.
 */
public record FetchImages(UpstreamHttp http) {
    /** What came of it. */
    public sealed interface Outcome {
        /** The conversation, in which no image is by its address. */
        record Here(Conversation conversation) implements Outcome {}

        record Refused(CallError error) implements Outcome {}
    }

    public Outcome in(Conversation conversation, UpstreamRequest request) {
        if (conversation.turns().stream().allMatch(turn -> hasNone(turn.parts()))) {
            return new Outcome.Here(conversation);
        }
        if (!request.fetchImages()) {
            return refused(request, "This model takes no image by its address; send its bytes");
        }
        ImageFetching fetching = new ImageFetching(http);
        List<Turn> turns = new ArrayList<>();
        for (Turn turn : conversation.turns()) {
            turns.add(new Turn(
                    turn.role(),
                    turn.parts().stream().map(part -> fetched(part, fetching)).toList()));
        }
        String failure = fetching.failure();
        return failure == null ? new Outcome.Here(with(conversation, turns)) : refused(request, failure);
    }

    private static boolean hasNone(List<Part> parts) {
        return parts.stream().allMatch(part -> switch (part) {
            case Part.Image(Media media, String detail) -> !(media instanceof Media.Url);
            case Part.ToolResult result -> hasNone(result.content());
            default -> true;
        });
    }

    private static Part fetched(Part part, ImageFetching fetching) {
        return switch (part) {
            case Part.Image(Media.Url(String url, String type), String detail) ->
                new Part.Image(fetching.fetch(url), detail);
            case Part.ToolResult result ->
                new Part.ToolResult(
                        result.callId(),
                        result.name(),
                        result.content().stream()
                                .map(each -> fetched(each, fetching))
                                .toList(),
                        result.isError());
            default -> part;
        };
    }

    private static Conversation with(Conversation old, List<Turn> turns) {
        return new Conversation(
                turns,
                old.tools(),
                old.toolChoice(),
                old.sampling(),
                old.outputBound(),
                old.reasoning(),
                old.format(),
                old.dropped());
    }

    private static Outcome refused(UpstreamRequest request, String why) {
        CallError.Code code = CallError.Code.INVALID_REQUEST;
        String field = CallerField.IMAGE.in(request.call());
        return new Outcome.Refused(new CallError(code, code.status(), why, field, null));
    }
}
