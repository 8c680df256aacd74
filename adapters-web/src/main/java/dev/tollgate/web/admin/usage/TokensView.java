package dev.tollgate.web.admin.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tollgate.application.usage.UsageRecord;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import io.micronaut.serde.annotation.Serdeable;

/** A record's tokens: input and output with every modality, and the parts of them that may be priced apart. */
@Serdeable
public record TokensView(
        @JsonProperty("input_tokens") long input,
        @JsonProperty("output_tokens") long output,
        @JsonProperty("cache_read_tokens") long cacheRead,
        @JsonProperty("cache_write_5m_tokens") long cacheWriteFiveMinutes,
        @JsonProperty("cache_write_1h_tokens") long cacheWriteOneHour,
        @JsonProperty("reasoning_tokens") long reasoning,
        @JsonProperty("audio_input_tokens") long audioInput,
        @JsonProperty("audio_output_tokens") long audioOutput,
        @JsonProperty("image_input_tokens") long imageInput,
        @JsonProperty("image_output_tokens") long imageOutput) {
    static TokensView from(UsageRecord record) {
        return from(record.tokens());
    }

    static TokensView from(TokenUsage tokens) {
        return new TokensView(
                tokens.input(),
                tokens.output(),
                tokens.cacheRead(),
                tokens.of(TokenClass.CACHE_WRITE_5M),
                tokens.of(TokenClass.CACHE_WRITE_1H),
                tokens.of(TokenClass.REASONING),
                tokens.of(TokenClass.AUDIO_INPUT),
                tokens.of(TokenClass.AUDIO_OUTPUT),
                tokens.of(TokenClass.IMAGE_INPUT),
                tokens.of(TokenClass.IMAGE_OUTPUT));
    }
}
