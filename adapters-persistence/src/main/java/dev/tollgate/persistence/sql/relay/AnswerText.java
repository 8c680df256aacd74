package dev.tollgate.persistence.sql.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayOutcome.Answered;
import dev.tollgate.domain.money.Money;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer as one text, much as HTTP writes it: status and charge, headers, an empty line, a character a byte. */
final class AnswerText {
    private static final String NO_CHARGE = "-";

    private AnswerText() {}

    static String of(Answered answered) {
        StringBuilder text = new StringBuilder(answered.body().length + 512);
        Money charged = answered.charged();
        text.append(answered.head().status()).append(' ');
        text.append(charged == null ? NO_CHARGE : Long.toString(charged.nanos()));
        text.append('\n');
        append(text, answered.head().headers());
        append(text, answered.notes());
        text.append('\n');
        return text.append(new String(answered.body(), ISO_8859_1)).toString();
    }

    private static void append(StringBuilder text, List<Header> headers) {
        for (Header header : headers) {
            text.append(header.name()).append(':').append(header.value()).append('\n');
        }
    }

    static Answered read(String text) {
        int space = text.indexOf(' ');
        int at = text.indexOf('\n');
        int status = Integer.parseInt(text.substring(0, space));
        String charge = text.substring(space + 1, at);
        List<Header> headers = new ArrayList<>();
        int next = at + 1;
        while (text.charAt(next) != '\n') {
            int end = text.indexOf('\n', next);
            int colon = text.indexOf(':', next);
            headers.add(new Header(text.substring(next, colon), text.substring(colon + 1, end)));
            next = end + 1;
        }
        byte[] body = text.substring(next + 1).getBytes(ISO_8859_1);
        return new Answered(new AnswerHead(status, headers), body, money(charge), List.of());
    }

    private static @Nullable Money money(String charge) {
        return charge.equals(NO_CHARGE) ? null : Money.ofNanos(Long.parseLong(charge));
    }
}
