package dev.tollgate.web.relay.openai;

import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.UnitBounds;
import org.jspecify.annotations.Nullable;

/** What images made to order can cost at most. */
final class ImageBounds {
    static final int IMAGES_MAX = 10;

    /**
     * One image with all its partial ones and the words some models add to it: the dearest of OpenAI's table has 6,240
     * tokens and each of three partial images 100 (its guide to image generation, 2026), words were seen to add 308.
     */
    private static final long OUTPUT_TOKENS = 10_000;

    /** An image given to be changed: 6,240 tokens and its tiles at high fidelity (same guide). */
    static final long INPUT_TOKENS = 11_000;

    private ImageBounds() {}

    static CallBounds of(@Nullable Long input, @Nullable Long images) {
        int count = images == null ? 1 : images.intValue();
        return CallBounds.fixed(input, OUTPUT_TOKENS, count, UnitBounds.ofImages(count));
    }
}
