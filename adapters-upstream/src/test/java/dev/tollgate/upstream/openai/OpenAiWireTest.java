package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.upstream.Calls;
import org.junit.jupiter.api.Test;

class OpenAiWireTest {
    private static final String BASE = "http://localhost";

    @Test
    void a_body_that_needs_no_change_is_not_touched() {
        Calls call = Calls.chat(BASE).body("{ \"model\" : \"gpt-4o\" , \"n\":1}");

        assertThat(sent(call)).isEqualTo(call.body());
        assertThat(sent(call.streamed().askingForUsage())).isEqualTo(call.body());
    }

    @Test
    void only_the_mapped_models_name_is_replaced() {
        Calls call = Calls.chat(BASE).body("{ \"model\" : \"gpt-4o\" , \"user\":\"gpt-4o\"}");

        assertThat(sent(call.sentAs("my \"own\"")))
                .isEqualTo("{ \"model\" : \"my \\\"own\\\"\" , \"user\":\"gpt-4o\"}");
    }

    @Test
    void a_stream_is_made_to_tell_its_usage() {
        Calls call = Calls.chat(BASE).streamed();

        assertThat(sent(call.body("{\"model\":\"gpt-4o\"}")))
                .isEqualTo("{\"stream_options\":{\"include_usage\":true},\"model\":\"gpt-4o\"}");
        assertThat(sent(call.body("{\"stream_options\":null,\"model\":\"gpt-4o\"}")))
                .isEqualTo("{\"stream_options\":{\"include_usage\":true},\"model\":\"gpt-4o\"}");
        assertThat(sent(call.body("{\"stream_options\":{},\"model\":\"gpt-4o\"}")))
                .isEqualTo("{\"stream_options\":{\"include_usage\":true},\"model\":\"gpt-4o\"}");
        assertThat(sent(call.body("{\"stream_options\":{\"include_usage\":false,\"include_obfuscation\":false}}")))
                .isEqualTo("{\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}}");
        assertThat(sent(call.body("{\"stream_options\":{\"include_obfuscation\":false}}")))
                .isEqualTo("{\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}}");
    }

    @Test
    void the_output_bound_goes_under_the_name_the_caller_used() {
        Calls call = Calls.chat(BASE).bound(300);

        assertThat(sent(call.body("{\"max_tokens\":9000}"))).isEqualTo("{\"max_tokens\":300}");
        assertThat(sent(call.body("{\"max_completion_tokens\":9000}"))).isEqualTo("{\"max_completion_tokens\":300}");
        assertThat(sent(call.body("{\"max_tokens\":1,\"max_completion_tokens\":2}")))
                .isEqualTo("{\"max_tokens\":300,\"max_completion_tokens\":300}");
    }

    @Test
    void an_absent_bound_goes_under_the_name_the_model_knows() {
        Calls call = Calls.chat(BASE).bound(300).body("{}");

        assertThat(sent(call)).isEqualTo("{\"max_tokens\":300}");
        assertThat(sent(call.sentAs("gpt-4o"))).isEqualTo("{\"max_tokens\":300}");
        assertThat(sent(call.body("{\"model\":\"gpt-4o\"}").sentAs("gpt-5.4-mini")))
                .contains("\"max_completion_tokens\":300");
        assertThat(sent(Calls.chat(null).bound(300).body("{\"max_tokens\":null}")))
                .isEqualTo("{\"max_completion_tokens\":300,\"max_tokens\":null}");
    }

    @Test
    void each_api_has_its_own_name_for_the_bound_or_none() {
        assertThat(sent(ApiCalls.of(OpenAiApi.RESPONSES, BASE).bound(300).body("{\"max_output_tokens\":900}")))
                .isEqualTo("{\"max_output_tokens\":300}");
        assertThat(sent(ApiCalls.of(OpenAiApi.COMPLETIONS, BASE).bound(300).body("{}")))
                .isEqualTo("{\"max_tokens\":300}");
        assertThat(sent(ApiCalls.of(OpenAiApi.IMAGE_GENERATIONS, BASE)
                        .bound(300)
                        .body("{}")))
                .isEqualTo("{}");
    }

    @Test
    void only_chat_and_completions_must_be_asked_for_usage() {
        assertThat(sent(ApiCalls.of(OpenAiApi.COMPLETIONS, BASE).streamed(true).body("{}")))
                .isEqualTo("{\"stream_options\":{\"include_usage\":true}}");
        assertThat(sent(ApiCalls.of(OpenAiApi.RESPONSES, BASE).streamed(true).body("{}")))
                .isEqualTo("{}");
    }

    @Test
    void in_a_form_only_the_models_field_is_replaced() {
        ApiCalls form = ApiCalls.of(OpenAiApi.TRANSCRIPTIONS, BASE);

        assertThat(sent(form)).isEqualTo(form.body());
        assertThat(sent(form.model("m", "whisper-1"))).isEqualTo(ApiCalls.form("whisper-1"));
        assertThat(sent(form.body("--cut broken").model("m", "whisper-1"))).isEqualTo("--cut broken");
    }

    private static String sent(ApiCalls call) {
        return new String(OpenAiWire.body(call.request(), call.api(), call.sentModel()), UTF_8);
    }

    private static String sent(Calls call) {
        return new String(OpenAiWire.body(call.request(), OpenAiApi.CHAT, call.sentModel()), UTF_8);
    }
}
