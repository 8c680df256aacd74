package dev.tollgate.web.relay.gemini.content;

import static dev.tollgate.web.relay.conversation.CodecCalls.refused;
import static dev.tollgate.web.relay.conversation.CodecCalls.understood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentReadingTest {
    private static final ContentCodec CODEC = new ContentCodec();

    @Test
    void reads_who_said_what_in_either_spelling() {
        for (String name : List.of("systemInstruction", "system_instruction")) {
            Conversation read = read("\"" + name + "\":{\"role\":\"user\",\"parts\":{\"text\":\"Be brief.\"}},"
                    + "\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]},"
                    + "{\"role\":\"model\",\"parts\":[{\"text\":\"Hel\"},{\"text\":\"lo\"}]},"
                    + "{\"role\":\"user\",\"parts\":[{\"text\":\"A\"},{\"text\":\"B\"}]}]");

            assertThat(read.turns())
                    .containsExactly(
                            turn(Role.SYSTEM, new Part.Text("Be brief.")),
                            turn(Role.USER, new Part.Text("Hi")),
                            turn(Role.ASSISTANT, new Part.Text("Hello")),
                            turn(Role.USER, new Part.Text("A"), new Part.Text("B")));
            assertThat(read.dropped()).isEmpty();
        }
    }

    @Test
    void reads_pictures_documents_and_sounds() {
        Conversation read = contents("""
                {"parts":[{"inlineData":{"mimeType":"image/png","data":"-_AA"}},
                 {"inline_data":{"mime_type":"application/pdf","data":"BBBB"}},
                 {"inlineData":{"mimeType":"audio/wav","data":"CCCC"}},
                 {"inlineData":{"mimeType":"text/plain; charset=utf-8","data":"SGk="}},
                 {"fileData":{"mimeType":"image/jpeg","fileUri":"https://a.example/b"}},
                 {"fileData":{"fileUri":"https://a.example/c.pdf"}}]}""");

        assertThat(read.turns().get(0).parts())
                .containsExactly(
                        new Part.Image(new Media.Inline("image/png", "+/AA"), null),
                        new Part.Document(new Media.Inline("application/pdf", "BBBB"), null),
                        new Part.Audio(new Media.Inline("audio/wav", "CCCC")),
                        new Part.Document(new Media.PlainText("Hi"), null),
                        new Part.Image(new Media.Url("https://a.example/b", "image/jpeg"), null),
                        new Part.Document(new Media.Url("https://a.example/c.pdf", "application/pdf"), null));
    }

    @Test
    void pairs_responses_with_calls_by_name_and_order() {
        Conversation read = contents("""
                {"role":"model","parts":[{"functionCall":{"name":"f","args":{"x":1.50}},"thoughtSignature":"own"},
                 {"functionCall":{"name":"g"}},{"functionCall":{"name":"f","args":{}}}]},
                {"role":"function","parts":[{"functionResponse":{"name":"f","response":{"output":"one"}}},
                 {"functionResponse":{"name":"f","response":{"error":"no"}}},
                 {"functionResponse":{"name":"g","response":{"a":1,"b":2}}}]}""");

        assertThat(read.turns().get(0).parts())
                .containsExactly(
                        new Part.ToolCall(
                                "call_1", "f", new RawJson("{\"x\":1.50}"), new Signature(Signature.GEMINI, "own")),
                        new Part.ToolCall("call_2", "g", RawJson.EMPTY_OBJECT, null),
                        new Part.ToolCall("call_3", "f", RawJson.EMPTY_OBJECT, null));
        assertThat(read.turns().get(1).parts())
                .containsExactly(
                        result("call_1", "f", false, "one"),
                        result("call_3", "f", true, "no"),
                        result("call_2", "g", false, "{\"a\":1,\"b\":2}"));
    }

    @Test
    void keeps_ids_that_are_given_and_makes_repeated_ones_anew() {
        Conversation read = contents("""
                {"role":"model","parts":[{"functionCall":{"id":"a","name":"f"}}]},
                {"parts":[{"functionResponse":{"id":"a","name":"f","response":{"result":{"n":1}}}}]},
                {"role":"model","parts":[{"functionCall":{"id":"a","name":"f"}}]},
                {"parts":[{"functionResponse":{"id":"a","name":"f","response":{"result":"two"}}}]},
                {"parts":[{"functionResponse":{"id":"lost","name":"h","response":{}}}]}""");

        assertThat(read.turns().get(1).parts()).containsExactly(result("a", "f", false, "{\"n\":1}"));
        assertThat(read.turns().get(3).parts()).containsExactly(result("call_2", "f", false, "two"));
        assertThat(read.turns().get(4).parts()).containsExactly(result("lost", "h", false, "{}"));
    }

    @Test
    void knows_whose_thoughts_they_are() {
        Signature foreign = new Signature(Signature.ANTHROPIC, "s?>");
        String thinking = new ThoughtSignature(foreign, false).told();
        String redacted =
                new ThoughtSignature(foreign, true).told().replace('+', '-').replace('/', '_');
        Conversation read = contents("{\"role\":\"model\",\"parts\":[{\"text\":\"H\",\"thought\":true},"
                + "{\"text\":\"m.\",\"thought\":true},"
                + "{\"text\":\"\",\"thought\":true,\"thoughtSignature\":\"" + thinking + "\"},"
                + "{\"text\":\"\",\"thought\":true,\"thought_signature\":\"" + redacted + "\"},"
                + "{\"text\":\"Yes.\"}]}");

        assertThat(thinking).matches("[A-Za-z0-9+/=]+");
        assertThat(read.turns().get(0).parts())
                .containsExactly(new Part.Thinking("Hm.", foreign), new Part.Redacted(foreign), new Part.Text("Yes."));
    }

    @Test
    void keeps_code_as_text() {
        Conversation read = contents("""
                {"role":"model","parts":[{"executableCode":{"language":"PYTHON","code":"print(1)"}},
                 {"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1"}}]}""");

        assertThat(read.turns().get(0).parts()).containsExactly(new Part.Text("```python\nprint(1)\n```\n1"));
    }

    @Test
    void reads_how_to_answer() {
        Conversation read = config("""
                "temperature":0.70,"topP":1,"top_k":40.0,"maxOutputTokens":"50","stopSequences":["END"],"seed":7,
                "presencePenalty":0.1,"frequencyPenalty":-0.2,"candidateCount":1,"responseModalities":["TEXT"],
                "responseLogprobs":false,"mediaResolution":"MEDIA_RESOLUTION_LOW",
                "responseMimeType":"application/json","responseSchema":{"type":"OBJECT"}""");

        assertThat(read.sampling())
                .isEqualTo(new Sampling(
                        new RawJson("0.70"),
                        new RawJson("1"),
                        40L,
                        new RawJson("-0.2"),
                        new RawJson("0.1"),
                        7L,
                        List.of("END")));
        assertThat(read.outputBound()).isEqualTo(50);
        assertThat(read.format())
                .isEqualTo(new OutputFormat.JsonSchema(null, null, new RawJson("{\"type\":\"object\"}"), null));
        assertThat(read.dropped()).containsExactly("generationConfig.mediaResolution");
        assertThat(config("\"responseMimeType\":\"application/json\"").format())
                .isEqualTo(new OutputFormat.JsonObject());
        assertThat(config("\"responseMimeType\":\"text/plain\"").format()).isEqualTo(OutputFormat.TEXT);
    }

    @Test
    void reads_how_much_to_think() {
        assertThat(thinking("")).isNull();
        assertThat(thinking("\"thinkingBudget\":0")).isEqualTo(new Reasoning.Off());
        assertThat(thinking("\"thinkingBudget\":-1")).isEqualTo(new Reasoning.Adaptive(null, false));
        assertThat(thinking("\"thinkingBudget\":512,\"includeThoughts\":true"))
                .isEqualTo(new Reasoning.Budget(512, true));
        assertThat(thinking("\"thinking_level\":\"low\",\"include_thoughts\":true"))
                .isEqualTo(new Reasoning.Adaptive(Reasoning.Effort.LOW, true));
        assertThat(thinking("\"includeThoughts\":true")).isEqualTo(new Reasoning.Adaptive(null, true));
    }

    @Test
    void names_what_only_tunes() {
        Conversation read = read("\"contents\":{\"parts\":{\"text\":\"Hi\"}},\"safetySettings\":[],\"labels\":{},"
                + "\"serviceTier\":\"flex\",\"model\":\"models/m\"");

        assertThat(read.dropped()).containsExactly("safetySettings", "labels", "serviceTier");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'contents':[]} | contents",
                "{'contents':[{'role':'system','parts':[{'text':'Hi'}]}]} | contents[0].role",
                "{'contents':[{'parts':[{'text':'Hi'}]}],'cachedContent':'cachedContents/x'} | cachedContent",
                "{'contents':[{'parts':[{'fileData':{'fileUri':'gs://b/o'}}]}]} | contents[0].parts[0].fileData.fileUri",
                "{'contents':[{'parts':[{'file_data':{'file_uri':'https://generativelanguage.googleapis.com/v1beta/files/x'}}]}]}"
                        + " | contents[0].parts[0].file_data.file_uri",
                "{'contents':[{'parts':[{'fileData':{'fileUri':'https://youtu.be/x'}}]}]}"
                        + " | contents[0].parts[0].fileData.fileUri",
                "{'contents':[{'parts':[{'inlineData':{'mimeType':'video/mp4','data':'AAAA'}}]}]}"
                        + " | contents[0].parts[0].inlineData.mimeType",
                "{'contents':[{'parts':[{'text':'Hi'}]}],'generationConfig':{'candidateCount':2}}"
                        + " | generationConfig.candidateCount",
                "{'contents':[{'parts':[{'text':'Hi'}]}],'generationConfig':{'responseLogprobs':true}}"
                        + " | generationConfig.responseLogprobs",
                "{'contents':[{'parts':[{'text':'Hi'}]}],'generation_config':{'response_modalities':['TEXT','AUDIO']}}"
                        + " | generation_config.response_modalities",
                "{'contents':[{'parts':[{'text':'Hi'}]}],'generationConfig':{'responseMimeType':'text/x.enum'}}"
                        + " | generationConfig.responseMimeType",
                "{'contents':[{'parts':[{'text':'Hi'}]}],'generationConfig':{'topK':0.5}} | generationConfig.topK",
            })
    void refuses_what_would_be_lost_and_names_the_field(String body, String field) {
        CallError error = refused(CODEC, body.replace('\'', '"'));

        assertThat(error.field()).isEqualTo(field);
        assertThat(error.status()).isEqualTo(400);
    }

    private static Conversation read(String members) {
        return understood(CODEC, "{" + members + "}");
    }

    private static Conversation contents(String contents) {
        return read("\"contents\":[" + contents + "]");
    }

    private static Conversation config(String members) {
        return read("\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"generationConfig\":{" + members + "}");
    }

    private static Reasoning thinking(String members) {
        return config("\"thinkingConfig\":{" + members + "}").reasoning();
    }

    private static Part result(String id, String name, boolean isError, String text) {
        return new Part.ToolResult(id, name, List.of(new Part.Text(text)), isError);
    }

    private static Turn turn(Role role, Part... parts) {
        return new Turn(role, List.of(parts));
    }
}
