package dev.tollgate.bootstrap.matrix;

import java.util.List;
import java.util.Locale;

/** What is asked in a cell of the matrix, and what the provider says to it. */
enum Scenario {
    PLAIN(200, Said.text("Hello there, all is well.")),
    SYSTEM(200, Said.text("Arr, hello there.")),
    TOOL_LOOP(200, Said.text("It is 22 degrees in Paris.")),
    PARALLEL_TOOLS(
            200,
            new Said(
                    null,
                    "I shall look.",
                    List.of(
                            new Said.Call("call_a1", "get_weather", "{\"city\":\"Paris\"}"),
                            new Said.Call("call_b2", "get_weather", "{\"city\":\"London \\\"Ω\\\"\"}")),
                    Said.Stop.TOOLS,
                    40,
                    0,
                    30,
                    0)),
    IMAGE(200, Said.text("A red square.")),
    THINKING(200, new Said("Six times seven, let me see.", "It is 42.", List.of(), Said.Stop.END, 20, 0, 25, 15)),
    STRUCTURED(200, Said.text("{\"answer\":42}")),
    MAX_TOKENS(200, new Said(null, "Once upon a", List.of(), Said.Stop.LENGTH, 9, 0, 17, 0)),
    REFUSED_REQUEST(400, Said.text("")),
    REFUSED_ACCOUNT(401, Said.text("")),
    RATE_LIMITED(429, Said.text("")),
    FAILED(500, Said.text("")),
    ERROR_IN_STREAM(200, Said.text("Hel"));

    static final String SYSTEM_TEXT = "Answer like a pirate.";
    static final String TOOL_RESULT = "22 degrees";
    static final String IMAGE_BASE64 =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    static final int MAX_OUTPUT = 17;
    static final String REFUSAL = "The request is not to the provider's liking.";

    private final int status;

    @SuppressWarnings("ImmutableEnumChecker") // its list is a copy
    private final Said said;

    Scenario(int status, Said said) {
        this.status = status;
        this.said = said;
    }

    int status() {
        return status;
    }

    Said said() {
        return said;
    }

    /** In model names. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isFailure() {
        return status != 200;
    }

    /** Whether the answer breaks off: only a stream can. */
    boolean isOnlyStreamed() {
        return this == ERROR_IN_STREAM;
    }

    static Scenario of(String model) {
        Scenario found = null;
        for (Scenario scenario : values()) {
            boolean longer =
                    found == null || scenario.slug().length() > found.slug().length();
            if (model.contains("-" + scenario.slug()) && longer) {
                found = scenario;
            }
        }
        if (found == null) {
            throw new IllegalArgumentException("no scenario has the model " + model);
        }
        return found;
    }
}
