package dev.tollgate.web.relay.openai;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.BodyReading;
import dev.tollgate.web.relay.FormFields;
import dev.tollgate.web.relay.input.PromptList;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Images changed by words: a form with the images, or JSON that says where they are. */
@Singleton
public final class ImageEditsDialect extends OpenAiDialect {
    public ImageEditsDialect() {
        super(ImageGenerationsDialect.NAME, "/images/edits");
    }

    @Override
    public BodyReading read(byte[] body, @Nullable String contentType) {
        return FormFields.isForm(contentType)
                ? FormFields.read(body, contentType, ImageEditsDialect::form)
                : read(body);
    }

    private static CallBody form(FormFields fields) {
        long images = fields.parts().files().size();
        long input = images * ImageBounds.INPUT_TOKENS + fields.length("prompt");
        return fields.body(
                fields.model(),
                fields.flag("stream"),
                ImageBounds.of(input, fields.number("n", 1, ImageBounds.IMAGES_MAX)));
    }

    @Override
    public BodyReading read(byte[] body) {
        return BodyFields.read(body, ImageEditsDialect::json);
    }

    private static CallBody json(BodyFields fields) {
        long images = PromptList.size(fields.bytes(), fields.members().value("images")) + 1;
        long input = images * ImageBounds.INPUT_TOKENS + fields.bytes().length;
        return fields.body(
                fields.model(),
                fields.flag("stream"),
                ImageBounds.of(input, fields.number("n", 1, ImageBounds.IMAGES_MAX)));
    }
}
