package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Signature;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which parts mean anything to a platform: all that say something, and of thinking only what its own provider signed.
 *
 * @param signer the provider whose thinking it takes back, as {@link Signature#origin} names it; null if it takes none
 */
public record TellableParts(@Nullable String signer) implements Predicate<Part> {
    @Override
    public boolean test(Part part) {
        return switch (part) {
            case Part.Text(String text) -> !text.isBlank();
            case Part.Refusal(String text) -> !text.isBlank();
            case Part.Thinking(String text, Signature signature) -> isOwn(signature);
            case Part.Redacted(Signature data) -> isOwn(data);
            case Part.Image image -> true;
            case Part.Document document -> true;
            case Part.Audio audio -> true;
            case Part.ToolCall call -> true;
            case Part.ToolResult result -> true;
        };
    }

    private boolean isOwn(@Nullable Signature signature) {
        return signer != null
                && signature != null
                && signature.isFrom(signer)
                && !signature.value().isBlank();
    }
}
