package dev.tollgate.upstream.gemini;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.tollgate.upstream.meter.JsonTree;
import dev.tollgate.upstream.meter.SpokenText;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an answer has said so far, read whole or chunk by chunk (each chunk is an answer of its own); an array is read as
 * its elements. Nothing is built of the content, only its words are gathered.
 */
final class AnswerScan {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private static final Set<String> ERROR_MEMBERS = Set.of("code", "message", "status", "details");

    private final SpokenText spoken = new SpokenText();
    private final Grounding grounding = new Grounding();
    private final Map<Integer, Boolean> finishedByCandidate = new HashMap<>();
    private Map<String, Object> usage = Map.of();
    private @Nullable Map<String, Object> error;
    private String tier = "";
    private boolean isBlocked;
    private boolean hasMedia;

    /** Reads on; false if the bytes are no answer. */
    boolean read(byte[] json, int from, int to) {
        try (JsonParser parser = FACTORY.createParser(json, from, to - from)) {
            Reading reading = new Reading(parser, json, from);
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    reading.answer();
                }
            } else if (first == JsonToken.START_OBJECT) {
                reading.answer();
            } else {
                return false;
            }
            return parser.nextToken() == null;
        } catch (IOException malformed) {
            return false;
        }
    }

    /** The last usage object that counted anything: running totals of the whole call. */
    Map<String, Object> usage() {
        return usage;
    }

    /** The error it is instead of an answer, or that broke it; null if there is none. */
    @Nullable
    Map<String, Object> error() {
        return error;
    }

    /** How it was served, in the API's words; empty if not told. */
    String tier() {
        return tier;
    }

    Grounding grounding() {
        return grounding;
    }

    SpokenText spoken() {
        return spoken;
    }

    boolean hasContent() {
        return hasMedia || spoken.bytes() > 0;
    }

    boolean isBlocked() {
        return isBlocked;
    }

    /** Whether every candidate there is has its reason to end; one refused at the door has none to wait for. */
    boolean isFinished() {
        return isBlocked || (!finishedByCandidate.isEmpty() && !finishedByCandidate.containsValue(false));
    }

    /** Walks one answer; the parser stands at the brace it begins with. */
    private final class Reading {
        private final JsonParser parser;
        private final byte[] json;
        private final int base;

        Reading(JsonParser parser, byte[] json, int base) {
            this.parser = parser;
            this.json = json;
            this.base = base;
        }

        void answer() throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "candidates" -> each(this::candidate);
                    case "usageMetadata" -> usage(object(GeminiUsage.MEMBERS));
                    case "promptFeedback" ->
                        isBlocked |= object(Set.of("blockReason")).containsKey("blockReason");
                    case "error" -> error = value == JsonToken.VALUE_NULL ? null : object(ERROR_MEMBERS);
                    default -> parser.skipChildren();
                }
            }
        }

        private void usage(Map<String, Object> told) {
            tier = GeminiUsage.tier(told).orElse(tier);
            if (GeminiUsage.counts(told)) {
                usage = told;
            }
        }

        private void candidate() throws IOException {
            int index = 0;
            boolean finished = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "content" -> content();
                    case "index" -> index = value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : 0;
                    case "finishReason" ->
                        finished = value == JsonToken.VALUE_STRING
                                && !parser.getText().isEmpty();
                    case "groundingMetadata" -> grounding.add(object(Grounding.MEMBERS));
                    default -> parser.skipChildren();
                }
            }
            finishedByCandidate.merge(index, finished, Boolean::logicalOr);
        }

        private void content() throws IOException {
            if (!parser.isExpectedStartObjectToken()) {
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isParts = parser.currentName().equals("parts");
                parser.nextToken();
                if (isParts) {
                    each(this::part);
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void part() throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "text", "executableCode" -> words();
                    case "functionCall" -> {
                        spoken.addCall();
                        words();
                    }
                    case "inlineData", "fileData" -> {
                        hasMedia = true;
                        parser.skipChildren();
                    }
                    default -> parser.skipChildren();
                }
            }
        }

        /** Gathers the strings and numbers of a value. */
        private void words() throws IOException {
            int depth = 0;
            do {
                JsonToken token = parser.currentToken();
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.VALUE_STRING) {
                    int from = at() + 1;
                    parser.finishToken();
                    spoken.add(json, from, base + (int) parser.currentLocation().getByteOffset() - 1);
                } else if (token.isNumeric()) {
                    spoken.add(json, at(), at() + parser.getTextLength());
                }
            } while (depth > 0 && parser.nextToken() != null);
        }

        private void each(Step step) throws IOException {
            if (!parser.isExpectedStartArrayToken()) {
                parser.skipChildren();
                return;
            }
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                if (next == JsonToken.START_OBJECT) {
                    step.read();
                } else {
                    parser.skipChildren();
                }
            }
        }

        /** Some members of the object the parser stands at; empty if it is none. */
        private Map<String, Object> object(Set<String> wanted) throws IOException {
            int from = at();
            if (!parser.isExpectedStartObjectToken()) {
                parser.skipChildren();
                return Map.of();
            }
            parser.skipChildren();
            int to = base + (int) parser.currentLocation().getByteOffset();
            Map<String, Object> members = JsonTree.members(json, from, to, wanted);
            return members == null ? Map.of() : members;
        }

        private int at() {
            return base + (int) parser.currentTokenLocation().getByteOffset();
        }
    }

    /** Reads one element of a list. */
    @FunctionalInterface
    private interface Step {
        void read() throws IOException;
    }
}
