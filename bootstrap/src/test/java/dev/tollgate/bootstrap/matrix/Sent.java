package dev.tollgate.bootstrap.matrix;

import static org.assertj.core.api.Assertions.assertThat;

/** What of a scenario must have reached the provider, whatever its wire. */
final class Sent {
    private Sent() {}

    static void holds(Scenario scenario, String body) {
        switch (scenario) {
            case PLAIN -> assertThat(body).contains(Questions.HELLO);
            case SYSTEM -> assertThat(body).contains(Questions.HELLO, Scenario.SYSTEM_TEXT);
            case TOOL_LOOP ->
                assertThat(body).contains(Questions.WEATHER, Scenario.TOOL_RESULT, "get_weather", "Paris");
            case PARALLEL_TOOLS -> assertThat(body).contains("get_weather", "The weather in a city", "The city");
            case IMAGE -> assertThat(body).contains(Scenario.IMAGE_BASE64, "image/png".substring("image/".length()));
            case THINKING -> assertThat(body).containsAnyOf("thinking", "reasoning");
            case STRUCTURED -> assertThat(body.replace("\\", "")).contains("\"answer\"", "integer");
            case MAX_TOKENS -> assertThat(body).contains(":" + Scenario.MAX_OUTPUT);
            case REFUSED_REQUEST, REFUSED_ACCOUNT, RATE_LIMITED, FAILED, ERROR_IN_STREAM ->
                throw new IllegalArgumentException("nothing is told of " + scenario);
        }
    }
}
