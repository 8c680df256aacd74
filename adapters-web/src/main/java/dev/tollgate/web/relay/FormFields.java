package dev.tollgate.web.relay;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.FormParts;
import dev.tollgate.application.relay.FormScan;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a form's fields; an empty one counts as absent. */
public final class FormFields extends Fields {
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final byte[] bytes;
    private final String contentType;
    private final FormParts parts;

    private FormFields(byte[] bytes, String contentType, FormParts parts) {
        this.bytes = bytes;
        this.contentType = contentType;
        this.parts = parts;
    }

    /** Reads a form as far as {@code reader} does. */
    public static BodyReading read(byte[] body, @Nullable String contentType, Function<FormFields, CallBody> reader) {
        if (contentType == null || !isForm(contentType)) {
            return new BodyReading.Refused(notTaken("Only a form is taken here: send multipart/form-data."));
        }
        return switch (FormParts.scan(body, contentType)) {
            case FormScan.Malformed malformed -> new BodyReading.Refused(malformed(malformed));
            case FormParts parts -> reading(new FormFields(body, contentType, parts), reader);
        };
    }

    public static boolean isForm(@Nullable String contentType) {
        return FormParts.isForm(contentType);
    }

    static CallError notTaken(String why) {
        return new CallError(CallError.Code.INVALID_REQUEST, UNSUPPORTED_MEDIA_TYPE, why, null, null);
    }

    private static CallError malformed(FormScan.Malformed malformed) {
        String message = malformed.part() == null
                ? "The body is no form: " + malformed.what() + "."
                : "The form's part '" + malformed.part() + "' cannot be read: " + malformed.what() + ".";
        return invalid(message, malformed.part());
    }

    @Override
    byte[] bytes() {
        return bytes;
    }

    @Override
    String contentType() {
        return contentType;
    }

    public FormParts parts() {
        return parts;
    }

    /** The model's name; empty if it is wrong. */
    public String model() {
        String model = word("model");
        if (model == null) {
            refuse("you must provide a model", "model");
            return "";
        }
        if (!isModel(model)) {
            refuse("must be the name of a model", "model");
            return "";
        }
        return model;
    }

    public boolean flag(String name) {
        String text = word(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            refuse("must be true or false", name);
        }
        return "true".equals(text);
    }

    /** A whole number within bounds, null if absent. */
    public @Nullable Long number(String name, long least, long most) {
        String text = word(name);
        if (text == null) {
            return null;
        }
        boolean isNumber = text.matches("\\d{1,18}");
        long number = isNumber ? Long.parseLong(text) : -1;
        if (number < least || number > most) {
            refuse("must be a whole number from " + least + " to " + most, name);
            return null;
        }
        return number;
    }

    /** The bytes a field has, none if absent. */
    public long length(String name) {
        FormParts.Part part = parts.field(name);
        return part == null ? 0 : part.length();
    }

    /** A short text, null if absent. */
    private @Nullable String word(String name) {
        FormParts.Part part = parts.field(name);
        boolean isFile = parts.files().stream().anyMatch(file -> file.name().equals(name));
        if (isFile || (part != null && part.length() > MODEL_BYTES_MAX)) {
            refuse("must be a short text", name);
            return "";
        }
        return part == null || part.length() == 0 ? null : parts.text(name);
    }
}
