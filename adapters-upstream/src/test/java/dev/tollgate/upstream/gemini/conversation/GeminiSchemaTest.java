package dev.tollgate.upstream.gemini.conversation;

import static dev.tollgate.upstream.conversation.Asked.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.upstream.conversation.Json;
import org.junit.jupiter.api.Test;

class GeminiSchemaTest {
    private static String simplified(String schema) {
        return GeminiSchema.of((ObjectNode) Json.tree(new RawJson(json(schema))))
                .toString();
    }

    @Test
    void words_it_does_not_know_are_left_out_at_every_depth() {
        assertThat(simplified("""
                        {'$schema':'x','type':'object','propertyNames':{'pattern':'a'},'additionalProperties':false,
                         'properties':{'list':{'type':'array','uniqueItems':true,'items':
                           {'anyOf':[{'type':['string','null'],'minLength':1,'default':'a'},{'not':{}}]}}}}"""))
                .isEqualTo(json("{'type':'object','additionalProperties':false,'properties':{'list':{'type':'array',"
                        + "'items':{'anyOf':[{'type':['string','null']},{}]}}}}"));
    }

    @Test
    void some_are_said_in_others() {
        assertThat(simplified("{'const':'x'}")).isEqualTo(json("{'enum':['x']}"));
        assertThat(simplified("{'enum':['x',null,true,1]}")).isEqualTo(json("{'enum':['x',1]}"));
        assertThat(simplified("{'type':'integer','exclusiveMinimum':0,'exclusiveMaximum':9}"))
                .isEqualTo(json("{'type':'integer','minimum':0,'maximum':9}"));
        assertThat(simplified("{'type':'array'}")).isEqualTo(json("{'type':'array','items':{}}"));
    }

    @Test
    void all_of_several_become_one() {
        assertThat(simplified("""
                        {'allOf':[{'type':'object','properties':{'a':{'const':1}},'required':['a']},
                          {'properties':{'b':{'type':'string'}},'required':['b']}]}"""))
                .isEqualTo(json("{'type':'object','properties':{'a':{'enum':[1]},'b':{'type':'string'}},"
                        + "'required':['a','b']}"));
    }

    @Test
    void a_reference_stands_alone_and_finds_its_definition() {
        assertThat(simplified("""
                        {'type':'object','properties':{'a':{'$ref':'#/definitions/A','description':'x'}},
                         'definitions':{'A':{'type':'string','pattern':'x'}}}"""))
                .isEqualTo(json("{'type':'object','properties':{'a':{'$ref':'#/$defs/A'}},"
                        + "'$defs':{'A':{'type':'string'}}}"));
    }
}
