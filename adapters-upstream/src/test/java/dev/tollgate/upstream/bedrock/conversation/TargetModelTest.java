package dev.tollgate.upstream.bedrock.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.upstream.bedrock.conversation.TargetModel.Maker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetModelTest {
    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-3-haiku-20240307-v1:0,CLAUDE,30",
        "us.anthropic.claude-3-7-sonnet-20250219-v1:0,CLAUDE,37",
        "anthropic.claude-opus-4-20250514-v1:0,CLAUDE,40",
        "eu.anthropic.claude-opus-4-1-20250805-v1:0,CLAUDE,41",
        "global.anthropic.claude-sonnet-4-5-20250929-v1:0,CLAUDE,45",
        "global.anthropic.claude-opus-4-6-v1,CLAUDE,46",
        "anthropic.claude-fable-5,CLAUDE,50",
        "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0,CLAUDE,45",
        "arn:aws:bedrock:us-east-1:1:application-inference-profile/abc,CLAUDE,45",
        "arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-lite-v1:0,NOVA,40",
        "us.amazon.nova-2-lite-v1:0,NOVA_2,40",
        "openai.gpt-oss-120b-1:0,GPT_OSS,40",
        "meta.llama3-70b-instruct-v1:0,OTHER,40"
    })
    void a_name_tells_the_maker_and_claudes_version(String sent, Maker maker, int version) {
        TargetModel model = TargetModel.of(sent, "claude-sonnet-4-5");

        assertThat(model.maker()).isEqualTo(maker);
        assertThat(model.claude().version()).isEqualTo(version);
    }
}
