package dev.tollgate.web.relay.openai;

import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.BodyReading;
import jakarta.inject.Singleton;

/** Images made from words. */
@Singleton
public final class ImageGenerationsDialect extends OpenAiDialect {
    static final String NAME = "images";

    public ImageGenerationsDialect() {
        super(NAME, "/images/generations");
    }

    @Override
    public BodyReading read(byte[] body) {
        return BodyFields.read(
                body,
                fields -> fields.body(
                        fields.model(),
                        fields.flag("stream"),
                        ImageBounds.of((long) fields.bytes().length, fields.number("n", 1, ImageBounds.IMAGES_MAX))));
    }
}
