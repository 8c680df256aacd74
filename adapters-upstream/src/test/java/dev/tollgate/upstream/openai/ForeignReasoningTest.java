package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignReasoningTest {
    private static final String USER = "{\"role\":\"user\", \"content\":\"tollgate:gemini:AbC\"}";
    private static final String OWN =
            "{\"type\":\"reasoning\",\"id\":\"rs_68a1\",\"summary\":[], \"encrypted_content\":\"gAAA\"}";

    @ParameterizedTest
    @EnumSource(names = {"RESPONSES", "COMPACT"})
    void signed_items_of_others_go_and_every_other_byte_stays(OpenAiApi api) {
        String foreign = "{\"type\":\"reasoning\",\"id\":\"rs_0199_0\",\"summary\":[],"
                + "\"encrypted_content\":\"tollgate:anthropic:EqQB\"}";

        assertThat(sent(api, "{\"input\":[" + USER + " , " + foreign + " , " + OWN + "]}"))
                .isEqualTo("{\"input\":[" + USER + " , " + OWN + "]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"encrypted_content\":null", ",\"encrypted_content\":\"\""})
    void items_nobody_signed_go_by_their_id(String encrypted) {
        String unsigned = "{\"type\":\"reasoning\",\"id\":\"rs_0199ab_3\",\"summary\":[]" + encrypted + "}";
        String stored = "{\"type\":\"reasoning\",\"id\":\"rs_68a1\",\"summary\":[]" + encrypted + "}";

        assertThat(sent(OpenAiApi.RESPONSES, "{\"input\":[" + unsigned + "," + stored + "]}"))
                .isEqualTo("{\"input\":[" + stored + "]}");
    }

    @Test
    void details_of_others_go_from_chat_messages_and_the_rest_stays() {
        String foreign = "{\"type\":\"reasoning.text\",\"text\":\"Hm\",\"signature\":\"tollgate:gemini:AbC\"}";
        String hidden = "{\"type\":\"reasoning.encrypted\",\"data\":\"tollgate:openai:AbC\"}";
        String other = "{\"type\":\"reasoning.text\",\"text\":\"Hm\",\"signature\":\"EqQB\"}";

        assertThat(sent(OpenAiApi.CHAT, detailed(foreign + "," + other + "," + hidden)))
                .isEqualTo(detailed(other));
        assertThat(sent(OpenAiApi.CHAT, detailed(foreign + "," + hidden)))
                .isEqualTo("{\"messages\":[" + USER + ",{\"role\":\"assistant\"}]}");
    }

    @Test
    void a_foreign_signature_goes_from_chat_calls() {
        String call = "{\"id\":\"c1\",\"function\":{\"name\":\"f\"}";
        String own = call + ",\"extra_content\":{\"google\":{\"thought_signature\":\"CpcB\"}}}";
        String foreign = call + ",\"extra_content\":{\"google\":{\"thought_signature\":\"tollgate:openai:x\"}}}";

        assertThat(sent(OpenAiApi.CHAT, "{\"messages\":[{\"tool_calls\":[" + own + "," + foreign + "]}]}"))
                .isEqualTo("{\"messages\":[{\"tool_calls\":[" + own + "," + call + "}]}]}");
    }

    @Test
    void a_body_that_only_speaks_of_it_is_not_touched() {
        String responses = "{\"input\":[" + USER + "," + OWN + "]}";
        String text = "{\"input\":\"tollgate:gemini:AbC\"}";

        assertThat(sent(OpenAiApi.RESPONSES, responses)).isEqualTo(responses);
        assertThat(sent(OpenAiApi.RESPONSES, text)).isEqualTo(text);
        assertThat(sent(OpenAiApi.EMBEDDINGS, text)).isEqualTo(text);
        assertThat(sent(OpenAiApi.CHAT, "{\"messages\":[" + USER + "]}")).isEqualTo("{\"messages\":[" + USER + "]}");
    }

    private static String detailed(String details) {
        return "{\"messages\":[" + USER + ",{\"role\":\"assistant\",\"reasoning_details\":[" + details + "]}]}";
    }

    private static String sent(OpenAiApi api, String body) {
        ApiCalls call = ApiCalls.of(api, "http://localhost").body(body);
        return new String(OpenAiWire.body(call.request(), api, "m"), UTF_8);
    }
}
