package dev.tollgate.application.relay;

import dev.tollgate.domain.pricing.Model;
import java.util.Locale;
import java.util.regex.Pattern;

/** Models that put out tokens nobody sees before the usage at the end tells of them: OpenAI's that reason. */
final class HiddenOutput {
    private static final Pattern REASONING = Pattern.compile("(^|.*[/.:])(gpt-[5-9]|o\\d+\\b|codex).*");

    private HiddenOutput() {}

    static boolean isOf(Model model) {
        return REASONING.matcher(model.name().toLowerCase(Locale.ROOT)).matches();
    }
}
