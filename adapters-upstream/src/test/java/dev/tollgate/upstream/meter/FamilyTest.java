package dev.tollgate.upstream.meter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model's name tells how it counts, and a prompt counts alike in every dialect. */
class FamilyTest {
    @ParameterizedTest
    @CsvSource({
        "gpt-4,CL100K",
        "gpt-4-turbo-2024-04-09,CL100K",
        "gpt-3.5-turbo,CL100K",
        "gpt-35-turbo,CL100K",
        "text-embedding-3-large,CL100K",
        "davinci-002,CL100K",
        "gpt-4o-mini,O200K",
        "chatgpt-4o-latest,O200K",
        "gpt-4.1-nano,O200K",
        "gpt-5.6-sol,O200K",
        "o3-mini,O200K",
        "ft:gpt-4o-mini:acme::1,O200K"
    })
    void openai_s_models_have_their_vocabulary(String model, Vocabulary vocabulary) {
        assertThat(Family.of(model)).isInstanceOf(GptFamily.class);
        assertThat(Family.of(model).vocabulary()).isEqualTo(vocabulary);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-sonnet-4-5", "us.anthropic.claude-3-haiku-20240307-v1:0", "anthropic.claude-v2"})
    void claude_is_known_wherever_it_is_served(String model) {
        assertThat(Family.of(model)).isInstanceOf(ClaudeFamily.class);
    }

    @Test
    void anthropic_s_table_tells_the_prompt_that_comes_with_tools() {
        assertThat(ClaudeFamily.of("us.anthropic.claude-opus-4-7").toolPromptForced())
                .isEqualTo(804);
        assertThat(ClaudeFamily.of("claude-opus-4-1-20250805").toolPrompt()).isEqualTo(313);
        assertThat(ClaudeFamily.of("claude-3-5-sonnet-20240620").toolPrompt()).isEqualTo(294);
    }

    @Test
    void other_names_say_nothing() {
        assertThat(Family.of("amazon.nova-lite-v1:0")).isEqualTo(OtherFamily.OTHER);
        assertThat(Family.of("my-deployment")).isEqualTo(OtherFamily.OTHER);
        assertThat(Family.of("models/gemini-2.5-pro")).isEqualTo(GeminiFamily.GEMINI);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'messages':[{'role':'user','content':'What is it?'},{'role':'assistant','content':null,'tool_calls':["
                        + "{'id':'call_1','type':'function','function':{'name':'look','arguments':'{}'}}]},"
                        + "{'role':'tool','tool_call_id':'call_1','content':'Fog'}]}",
                "{'input':[{'role':'user','content':[{'type':'input_text','text':'What is it?'}]},{'type':"
                        + "'function_call','call_id':'c','name':'look','arguments':'{}'},"
                        + "{'type':'function_call_output','call_id':'c','output':'Fog'}]}",
                "{'messages':[{'role':'user','content':'What is it?'},{'role':'assistant','content':[{'type':"
                        + "'tool_use','id':'t','name':'look','input':{ }}]},{'role':'user','content':[{'type':"
                        + "'tool_result','tool_use_id':'t','content':[{'type':'text','text':'Fog'}]}]}]}",
                "{'messages':[{'role':'user','content':[{'text':'What is it?'}]},{'role':'assistant','content':["
                        + "{'toolUse':{'toolUseId':'t','name':'look','input':{}}}]},{'role':'user','content':["
                        + "{'toolResult':{'toolUseId':'t','content':[{'text':'Fog'}]}}]}]}"
            })
    void a_call_and_its_result_count_alike_in_every_dialect(String body) {
        Prompt prompt = read(body);
        assertThat(prompt.messages()).isEqualTo(3);
        assertThat(prompt.calls()).isEqualTo(1);
        assertThat(prompt.results()).isEqualTo(1);
        assertThat(prompt.text()).isEqualTo(7); // What is it ? look {} Fog
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'tools':[{'type':'function','function':{'name':'look','description':'Looks.','parameters':%s}}]",
                "'tools':[{'type':'function','name':'look','description':'Looks.','parameters':%s}]",
                "'tools':[{'name':'look','description':'Looks.','input_schema':%s}]",
                "'toolConfig':{'tools':[{'toolSpec':{'name':'look','description':'Looks.','inputSchema':{'json':%s}}}]}",
                "'tools':[{'functionDeclarations':[{'name':'look','description':'Looks.','parameters':%s}]}]"
            })
    void tools_count_alike_in_every_dialect(String tools) {
        String schema = "{'type':'object','properties':{'where':{'type':'string'}}}";
        Prompt prompt = read("{" + tools.formatted(schema) + "}");
        OfferedFunctions functions = OfferedFunctions.in(prompt.tools());
        assertThat(functions.specs()).hasSize(1);
        assertThat(functions.tokens(Vocabulary.O200K, 7)).isEqualTo(7 + 3 + 3 + 3 + 3);
    }

    @Test
    void what_is_no_text_counts_a_fixed_sum_and_ids_count_nothing() {
        String image = "data:image/png;base64," + "A".repeat(100_000);
        Prompt prompt = read("{'messages':[{'role':'user','name':'Ann','content':[{'type':'image_url','image_url':"
                + "{'url':'" + image + "','detail':'high'}}],'id':'an id that is long'}]}");
        assertThat(prompt.binary()).isEqualTo(800);
        assertThat(prompt.text()).isEqualTo(1);
        assertThat(prompt.names()).isEqualTo(1);
    }

    @Test
    void a_text_beyond_all_bounds_is_not_read_word_by_word() {
        Prompt prompt = read("{'input':'" + "so it is, ".repeat(500_000) + "'}");
        assertThat(prompt.text()).isEqualTo(5_000_000 / 4);
    }

    @Test
    void a_body_that_is_no_json_counts_by_its_length() {
        assertThat(read("not json").text()).isEqualTo(2);
    }

    private static Prompt read(String body) {
        return PromptReader.read(body.replace('\'', '"').getBytes(UTF_8), Vocabulary.O200K, true);
    }
}
