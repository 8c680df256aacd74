package dev.tollgate.bootstrap.whole;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.bootstrap.whole.CorpusReplay.Replayed;
import dev.tollgate.upstream.ScriptedUpstream.Received;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/** Holds what came of a replayed exchange against what was recorded. */
final class CorpusCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> THE_CALLERS_FAULT = Set.of(400, 404, 409, 413, 422);
    private static final Set<Integer> THE_ACCOUNTS_FAULT = Set.of(401, 402, 403);
    private static final Set<String> BOUNDS = Set.of("max_tokens", "max_completion_tokens", "max_output_tokens");
    private static final Set<String> FREE = Set.of("moderations", "count_tokens", "countTokens");

    /** What an account's want of credentials or money is told as, besides the statuses for it. */
    private static final List<String> THE_ACCOUNTS_WORDS =
            List.of("credit balance", "API_KEY_INVALID", "insufficient_quota", "This credential is only authorized");

    private final SoftAssertions softly = new SoftAssertions();
    private final Recording recording;
    private final CorpusCall call;
    private final HttpResponse<byte[]> answer;
    private final String body;
    private final List<Received> received;
    private final List<JsonNode> records;
    private final CorpusPrices prices;

    CorpusCheck(Replayed replayed, List<JsonNode> records, CorpusPrices prices) {
        this.recording = replayed.recording();
        this.call = replayed.call();
        this.answer = replayed.answer();
        this.body = new String(answer.body(), UTF_8);
        this.received = replayed.received();
        this.records = records;
        this.prices = prices;
    }

    void check() {
        softly.assertThat(received)
                .as("asked upstream; answered %s %s", answer.statusCode(), brief())
                .isNotEmpty();
        softly.assertThat(records).as("records").hasSize(FREE.contains(recording.api()) ? 0 : 1);
        if (!received.isEmpty() && call.sameDialect()) {
            checkRequest(received.get(0));
        }
        if (recording.status() != 200) {
            checkError();
        } else if (isErrorInside()) {
            checkErrorInside();
        } else {
            checkAnswer();
        }
        softly.assertAll();
    }

    private String brief() {
        return body.length() > 300 ? body.substring(0, 300) : body;
    }

    /** The recorded path was asked, with the caller's body, to which only the wish for usage and a bound may be added. */
    private void checkRequest(Received request) {
        String target = CorpusCall.recordedTarget(recording);
        if (target != null) {
            String asked =
                    URLDecoder.decode(request.requestLine().split(" ", -1)[1].replaceFirst("\\?.*", ""), UTF_8);
            softly.assertThat(asked).as("upstream path").isEqualTo(target);
        }
        if (call.contentType().startsWith("multipart")) {
            softly.assertThat(request.body()).as("form").isEqualTo(call.body());
            return;
        }
        ObjectNode sent = (ObjectNode) parse(request.body());
        ObjectNode given = (ObjectNode) parse(call.body());
        if (!recording.isUsageAsked()
                && sent.path("stream_options").path("include_usage").asBoolean()) {
            sent.withObject("/stream_options").remove("include_usage");
            if (sent.path("stream_options").isEmpty() && !given.has("stream_options")) {
                sent.remove("stream_options");
            }
        }
        BOUNDS.stream().filter(bound -> given.path(bound).isMissingNode()).forEach(sent::remove);
        BOUNDS.stream().filter(bound -> given.path(bound).isNull()).forEach(sent::putNull);
        if (!given.at("/generationConfig").has("maxOutputTokens") && sent.has("generationConfig")) {
            sent.withObject("/generationConfig").remove("maxOutputTokens");
            given.withObject("/generationConfig");
        }
        if (call.credentials().get("deployments") != null) {
            sent.remove("model");
            given.remove("model");
        }
        softly.assertThat((JsonNode) sent).as("upstream body").isEqualTo(given);
    }

    private void checkError() {
        int status = recording.status();
        String text = recording.text();
        boolean ours = THE_ACCOUNTS_FAULT.contains(status)
                || (status < 500 && THE_ACCOUNTS_WORDS.stream().anyMatch(text::contains));
        softly.assertThat(answer.statusCode()).as("status of %s", brief()).isEqualTo(ours ? 503 : status);
        if (!ours && THE_CALLERS_FAULT.contains(status)) {
            if (call.sameDialect()) {
                softly.assertThat(body).as("error body").isEqualTo(text);
            } else {
                String message = message(parse(recording.body()));
                softly.assertThat(parse(answer.body()).at("/error/message").asText())
                        .as("error message")
                        .contains(message);
            }
        }
        checkFailed();
    }

    private static String message(JsonNode error) {
        List<JsonNode> messages = error.findValues("message");
        return messages.isEmpty()
                ? error.path("Message").asText()
                : messages.get(0).asText();
    }

    private void checkFailed() {
        for (JsonNode record : records) {
            softly.assertThat(record.get("status").asText()).as("status").isEqualTo("upstream_error");
            softly.assertThat(record.get("http_status").asInt())
                    .as("http_status")
                    .isEqualTo(answer.statusCode());
            softly.assertThat(record.get("total_cost").asText())
                    .as("total_cost")
                    .isEqualTo("0");
        }
    }

    private boolean isErrorInside() {
        return recording.documents().stream()
                .anyMatch(event -> event.path("type").asText().equals("error")
                        || event.path("error").isObject()
                        || event.at("/response/status").asText().equals("failed"));
    }

    private boolean isAboutAccount() {
        return recording.documents().stream()
                .map(event -> event.at("/error/code").asText())
                .anyMatch(code -> code.equals("insufficient_quota") || code.equals("rate_limit_exceeded"));
    }

    /**
     * Told before anything was said it is an error like any other, later the stream goes on with it; but what is about
     * the account is told in words of ours.
     */
    private void checkErrorInside() {
        if (answer.statusCode() == 200 && !call.sameDialect()) {
            softly.assertThat(body).as("error in the stream").contains("error");
        } else if (answer.statusCode() == 200 && isAboutAccount()) {
            String before = recording.text().substring(0, recording.text().indexOf("event: error"));
            softly.assertThat(body)
                    .as("error in the stream")
                    .startsWith(before)
                    .contains("upstream_error")
                    .doesNotContain("insufficient_quota", "rate_limit_exceeded");
        } else if (answer.statusCode() == 200) {
            softly.assertThat(body).as("error in the stream").isEqualTo(recording.text());
        } else {
            softly.assertThat(answer.statusCode()).as("error for a stream").isGreaterThanOrEqualTo(400);
        }
        checkFailed();
    }

    private void checkAnswer() {
        softly.assertThat(answer.statusCode()).as("status of %s", brief()).isEqualTo(200);
        if (call.sameDialect()) {
            checkBytes();
        } else {
            WellFormed.check(softly, call, recording.stream(), answer, body);
        }
        for (JsonNode record : records) {
            softly.assertThat(record.get("status").asText()).as("status").isEqualTo("completed");
            softly.assertThat(record.get("http_status").asInt())
                    .as("http_status")
                    .isEqualTo(200);
            checkUsage(record);
        }
    }

    private void checkBytes() {
        String type = answer.headers().firstValue("content-type").orElse("");
        softly.assertThat(type.replace(" ", ""))
                .isEqualToIgnoringCase(recording.contentType().replace(" ", ""));
        if (recording.kept().at("/response/body_base64").isTextual()) {
            softly.assertThat(answer.body()).isEqualTo(recording.body());
        } else {
            softly.assertThat(body).isEqualTo(expectedBody());
        }
    }

    /** The recording without the event that has only usage in it, where that was not asked for. */
    private String expectedBody() {
        String text = recording.text();
        if (!recording.stream() || recording.isUsageAsked()) {
            return text;
        }
        return Arrays.stream(text.split("(?<=\\n\\n)"))
                .filter(event -> !event.startsWith("data: {")
                        || !isOnlyUsage(parse(event.substring(6).getBytes(UTF_8))))
                .collect(Collectors.joining());
    }

    private static boolean isOnlyUsage(JsonNode chunk) {
        return chunk.path("choices").isArray()
                && chunk.path("choices").isEmpty()
                && chunk.path("usage").isObject();
    }

    private void checkUsage(JsonNode record) {
        JsonNode usage = recording.usage();
        if (usage == null || CorpusExceptions.isNonsense(recording)) {
            boolean byThePiece = Set.of("audio_speech", "images_generations").contains(recording.api());
            if (!byThePiece) {
                softly.assertThat(record.get("usage_source").asText())
                        .as("usage_source")
                        .isEqualTo("estimated");
            }
            return;
        }
        ReferenceUsage used = ReferenceUsage.of(recording, usage, call.model());
        ReferenceBill bill = new ReferenceBill(prices::of, call.model(), used);
        softly.assertThat(record.get("usage_source").asText())
                .as("usage_source")
                .isEqualTo("upstream");
        check(record, "input_tokens", bill.tokens("input_price", "audio_input_price", "image_input_price"));
        check(record, "cache_read_tokens", bill.tokens("cache_read_price"));
        check(record, "cache_write_5m_tokens", bill.tokens("cache_write_5m_price"));
        check(record, "cache_write_1h_tokens", bill.tokens("cache_write_1h_price"));
        check(
                record,
                "output_tokens",
                bill.tokens("output_price", "reasoning_price", "audio_output_price", "image_output_price"));
        check(record, "reasoning_tokens", bill.tokens("reasoning_price"));
        check(record, "audio_input_tokens", bill.tokens("audio_input_price"));
        check(record, "audio_output_tokens", bill.tokens("audio_output_price"));
        check(record, "image_input_tokens", bill.tokens("image_input_price"));
        check(record, "image_output_tokens", bill.tokens("image_output_price"));
        softly.assertThat(new BigDecimal(record.get("total_cost").asText()))
                .as("total_cost")
                .isEqualByComparingTo(bill.total());
        answer.headers()
                .firstValue("x-tollgate-cost")
                .ifPresent(told -> softly.assertThat(new BigDecimal(told)).isEqualByComparingTo(bill.total()));
    }

    private void check(JsonNode record, String name, long expected) {
        softly.assertThat(record.get(name).asLong()).as(name).isEqualTo(expected);
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(new String(json, UTF_8), e);
        }
    }
}
