package dev.tollgate.web.relay.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.JsonMembers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptInputTest {
    private static final String BASE64 = "A".repeat(1_000_000);

    @Test
    void bounds_text_by_its_bytes_with_escapes_undone() {
        String plain = "{\"messages\":[{\"role\":\"user\",\"content\":\"é\\\"\"}]}";
        String escaped = "{\"messages\":[{\"role\":\"user\",\"content\":\"\\u4e2d\\\"\"}]}";

        assertThat(chat(plain).tokensMax()).isEqualTo(plain.getBytes(UTF_8).length - 1);
        assertThat(chat(escaped).tokensMax()).isEqualTo(escaped.length() - 3 - 1);
    }

    @Test
    void counts_images_by_the_piece() {
        String chat = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":"
                + "\"data:image/png;base64," + BASE64 + "\"}},{\"type\":\"image_url\",\"image_url\":{\"url\":"
                + "\"https://e.test/a.png\"}}]}]}";
        String messages = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":"
                + "\"base64\",\"media_type\":\"image/png\",\"data\":\"" + BASE64 + "\"}}]}]}";

        assertThat(chat(chat).tokensMax()).isBetween(22_000L, 22_400L);
        assertThat(messages(messages).tokensMax()).isBetween(11_000L, 11_300L);
    }

    @Test
    void lets_no_escape_in_an_image_make_room_for_text() {
        String image = "\\u0041".repeat(100_000) + "\\/".repeat(100_000);
        String text = "word ".repeat(20_000);
        String chat = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":"
                + "\"data:image/png;base64," + image + "\"}},{\"type\":\"text\",\"text\":\"" + text + "\"}]}]}";
        String messages = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":"
                + "\"base64\",\"media_type\":\"image/png\",\"data\":\"" + image + "\"}},{\"type\":\"text\",\"text\":\""
                + text
                + "\"}]}]}";

        assertThat(chat(chat).tokensMax()).isBetween(111_000L, 111_400L);
        assertThat(messages(messages).tokensMax()).isBetween(111_000L, 111_400L);
    }

    @Test
    void takes_what_only_looks_like_an_image_for_text() {
        String input = "{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"input\":{\"type\":"
                + "\"image\",\"source\":{\"data\":\"" + BASE64 + "\"}}}]}]}";

        assertThat(messages(input).tokensMax()).isGreaterThan(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[{\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://e\"}}]}]}",
                "{\"messages\":[{\"content\":[{\"source\":{\"type\":\"base64\",\"data\":\"QQ==\"},\"type\":\"document\"}]}]}",
                "{\"messages\":[{\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}}]}]}",
                "{\"messages\":[],\"mcp_servers\":[]}",
                "{\"messages\":[],\"container\":\"c\"}",
                "{\"messages\":[],\"tools\":[{\"type\":\"code_execution_20250825\",\"name\":\"code_execution\"}]}",
            })
    void has_no_bound_where_input_is_not_in_the_bytes_of_messages(String body) {
        assertThat(messages(body).tokensMax()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[{\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}]}]}",
                "{\"messages\":[{\"content\":[{\"type\":\"file\",\"file\":{\"file_data\":\"data:a\"}}]}]}",
                "{\"messages\":[],\"web_search_options\":{}}",
            })
    void has_no_bound_where_input_is_not_in_the_bytes_of_a_chat(String body) {
        assertThat(chat(body).tokensMax()).isNull();
    }

    @Test
    void counts_plain_documents_as_text() {
        String body = "{\"messages\":[{\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"text\","
                + "\"media_type\":\"text/plain\",\"data\":\"" + BASE64 + "\"}}]}]}";

        assertThat(messages(body).tokensMax()).isGreaterThan(1_000_000);
    }

    @Test
    void names_the_providers_own_tools_as_the_price_list_does() {
        PromptInput input =
                messages("{\"messages\":[],\"tools\":[{\"name\":\"mine\",\"input_schema\":{\"type\":\"object\"}},"
                        + "{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":3},"
                        + "{\"type\":\"bash_20250124\",\"name\":\"bash\"}]}");

        assertThat(input.serverTools()).isEqualTo(Map.of("web_search", 3L));
    }

    @Test
    void knows_a_session_of_claude_code_in_both_its_forms() {
        String session = "0b5c0f1e-1111-4222-8333-444455556666";
        String old = "{\"metadata\":{\"user_id\":\"user_ab_account__session_" + session + "\"},\"messages\":[]}";
        String now = "{\"metadata\":{\"user_id\":\"{\\\"device_id\\\":\\\"d\\\",\\\"session_id\\\":\\\"" + session
                + "\\\"}\"},\"messages\":[]}";

        assertThat(messages(old).sessionHints())
                .hasSize(1)
                .isEqualTo(messages(now).sessionHints());
        assertThat(messages(old).sessionHints().get(0)).matches("[0-9a-f]{32}");
    }

    @Test
    void keeps_a_conversations_hints_when_it_grows() {
        String system =
                "\"system\":[{\"type\":\"text\",\"text\":\"be kind\",\"cache_control\":{\"type\":\"ephemeral\"}},"
                        + "{\"type\":\"text\",\"text\":\"today\"}]";
        String first = "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"%s}]}";
        String mark = ",\"cache_control\":{\"type\":\"ephemeral\"}";
        PromptInput begun = messages("{" + system + ",\"messages\":[" + first.formatted(mark) + "]}");
        PromptInput grown = messages("{" + system + ",\"messages\":[" + first.formatted("")
                + ",{\"role\":\"assistant\",\"content\":\"yes\"},{\"role\":\"user\",\"content\":\"more\"}]}");

        assertThat(begun.sessionHints()).hasSize(3).isEqualTo(grown.sessionHints());
    }

    @Test
    void puts_a_chats_cache_key_before_its_system_and_first_texts() {
        List<String> hints = chat("{\"prompt_cache_key\":\"k\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
                        + "{\"role\":\"user\",\"content\":\"u\"}]}")
                .sessionHints();
        List<String> other = chat("{\"messages\":[{\"content\":\"s\",\"role\":\"developer\"},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"u\"}]}]}")
                .sessionHints();

        assertThat(hints).hasSize(3);
        assertThat(other).isEqualTo(hints.subList(1, 3));
    }

    @Test
    void a_conversations_names_come_before_its_texts_in_every_dialect() {
        String named = "\"conversation\":{\"id\":\"c\"},\"metadata\":{\"user_id\":\"user_a_session_s\"},"
                + "\"prompt_cache_key\":\"k\",";
        List<String> names = List.of(SessionHints.ofName("c"), SessionHints.ofName("s"), SessionHints.ofName("k"));
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

        assertThat(chat("{" + named + messages).sessionHints()).startsWith(names.toArray(String[]::new));
        assertThat(messages("{" + named + messages).sessionHints()).startsWith(names.toArray(String[]::new));
        assertThat(responses("{" + named + "\"input\":\"hi\"}").sessionHints())
                .startsWith(names.toArray(String[]::new))
                .hasSize(4);
        assertThat(responses("{\"conversation\":\"c\",\"input\":\"hi\"}").sessionHints())
                .startsWith(names.getFirst());
    }

    @Test
    void a_chats_cached_system_blocks_come_before_its_whole_system_prompt() {
        String cached = "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"be kind\","
                + "\"cache_control\":{\"type\":\"ephemeral\"}}]}";
        String today = ",{\"role\":\"system\",\"content\":\"%s\"}";
        String first = ",{\"role\":\"user\",\"content\":\"hi\"}]}";

        List<String> monday = chat("{\"messages\":[" + cached + today.formatted("Monday") + first)
                .sessionHints();
        List<String> tuesday = chat("{\"messages\":[" + cached + today.formatted("Tuesday") + first)
                .sessionHints();

        assertThat(monday).hasSize(3);
        assertThat(tuesday.get(0)).isEqualTo(monday.get(0));
        assertThat(tuesday.get(1)).isNotEqualTo(monday.get(1));
    }

    private static PromptInput responses(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return PromptInput.ofResponses(bytes, (JsonMembers) JsonMembers.scan(bytes));
    }

    private static PromptInput chat(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return PromptInput.ofChat(bytes, (JsonMembers) JsonMembers.scan(bytes), "gpt");
    }

    private static PromptInput messages(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return PromptInput.ofMessages(bytes, (JsonMembers) JsonMembers.scan(bytes));
    }
}
