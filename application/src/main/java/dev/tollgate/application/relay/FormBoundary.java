package dev.tollgate.application.relay;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands between a form's parts, as the content type names it (RFC 2046, 5.1.1). */
final class FormBoundary {
    private static final Pattern FORM = Pattern.compile("\\s*multipart/form-data\\s*(;.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern BOUNDARY = Pattern.compile(
            ";\\s*boundary=(?:\"([\\w'()+,./:=? -]{0,69}[\\w'()+,./:=?-])\"|([\\w'+./-]{1,70}))\\s*(?=;|$)",
            Pattern.CASE_INSENSITIVE);

    private FormBoundary() {}

    static boolean isForm(String contentType) {
        return FORM.matcher(contentType).matches();
    }

    /** Null if it is not named, or twice. */
    static @Nullable String of(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) {
            return null;
        }
        String boundary = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return matcher.find() ? null : boundary;
    }
}
