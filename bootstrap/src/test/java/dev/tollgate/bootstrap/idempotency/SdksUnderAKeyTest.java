package dev.tollgate.bootstrap.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.UnprocessableEntityException;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.tollgate.bootstrap.server.WholeServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The official SDKs: neither sends the header by itself, both take it as an additional one. */
@Timeout(180)
class SdksUnderAKeyTest {
    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static final String MODEL = "claude-sonnet-4-5";
    private static final String HEADER = "Idempotency-Key";

    private static CountingUpstream upstream;
    private static String key;

    @BeforeAll
    static void set_up() {
        upstream = new CountingUpstream();
        SERVER.world().account("claude", upstream.uri(), Map.of());
        key = SERVER.world().key(SERVER.world().user("ann", "10"), Map.of());
        Keys.honoured(SERVER.world(), key, SERVER.uri());
    }

    @AfterAll
    static void tear_down() {
        upstream.close();
    }

    @Test
    void openai_gets_its_first_answer_again() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(SERVER.uri().resolve("/v1").toString())
                .apiKey(key)
                .build();
        ChatCompletionCreateParams plain = ChatCompletionCreateParams.builder()
                .model(MODEL)
                .maxCompletionTokens(100)
                .addUserMessage("openai says")
                .build();
        ChatCompletionCreateParams once =
                plain.toBuilder().putAdditionalHeader(HEADER, "openai").build();

        var first = client.chat().completions().create(once);
        assertThat(client.chat().completions().create(once)).isEqualTo(first);
        assertThat(upstream.asked("openai says")).isOne();
        assertThat(client.chat().completions().create(plain).id())
                .isNotEqualTo(client.chat().completions().create(plain).id());
        assertThat(upstream.asked("openai says")).isEqualTo(3);
    }

    @Test
    void anthropic_gets_its_first_answer_again_and_is_told_of_another_body() {
        AnthropicClient client = AnthropicOkHttpClient.builder()
                .baseUrl(SERVER.uri().toString())
                .apiKey(key)
                .build();
        MessageCreateParams plain = MessageCreateParams.builder()
                .model(MODEL)
                .maxTokens(100)
                .addUserMessage("anthropic says")
                .build();
        MessageCreateParams once =
                plain.toBuilder().putAdditionalHeader(HEADER, "anthropic").build();

        var first = client.messages().create(once);
        assertThat(client.messages().create(once)).isEqualTo(first);
        assertThat(upstream.asked("anthropic says")).isOne();
        var reused = catchThrowableOfType(
                UnprocessableEntityException.class,
                () -> client.messages().create(once.toBuilder().maxTokens(101).build()));
        assertThat(reused.statusCode()).isEqualTo(422);
        assertThat(client.messages().create(plain).id())
                .isNotEqualTo(client.messages().create(plain).id());
        assertThat(upstream.asked("anthropic says")).isEqualTo(3);
    }
}
