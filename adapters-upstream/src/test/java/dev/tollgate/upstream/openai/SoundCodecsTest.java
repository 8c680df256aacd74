package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.http.AnswerCodec.Verdict;
import dev.tollgate.upstream.http.Framing;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SoundCodecsTest {
    private static final ApiCalls HEAR = ApiCalls.of(OpenAiApi.TRANSCRIPTIONS, "http://localhost");
    private static final ApiCalls SAY = ApiCalls.of(OpenAiApi.SPEECH, "http://localhost");

    @Test
    void heard_tokens_are_sound() {
        Metered metered = Read.whole(
                HEAR,
                "{\"text\":\"Hi\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":17,\"output_tokens\":11,"
                        + "\"total_tokens\":28,\"input_token_details\":{\"text_tokens\":2,\"audio_tokens\":15}}}");

        assertThat(Read.reported(metered).tokens())
                .isEqualTo(new TokenUsage(
                        Map.of(TokenClass.INPUT, 2L, TokenClass.AUDIO_INPUT, 15L, TokenClass.OUTPUT, 11L)));
    }

    @Test
    void heard_time_is_in_begun_seconds() {
        assertThat(seconds("{\"text\":\"Hi\",\"usage\":{\"type\":\"duration\",\"seconds\":4}}"))
                .isEqualTo(4);
        assertThat(seconds("{\"text\":\"Hi\",\"usage\":{\"type\":\"duration\",\"seconds\":4.01}}"))
                .isEqualTo(5);
        assertThat(Read.whole(HEAR, "{\"text\":\"Hi\",\"usage\":{\"type\":\"duration\",\"seconds\":-4}}")
                        .flags())
                .contains("usage_nonsense");
    }

    @Test
    void a_transcript_that_tells_nothing_is_as_long_as_its_words() {
        Metered metered = Read.whole(HEAR, "The \"sun\" rises in the east\nand sets in the west.\n");

        assertThat(metered.flags()).containsExactlyInAnyOrder("usage_missing", "duration_unknown");
        assertThat(Read.estimated(metered).units().seconds()).isEqualTo(4);
        assertThat(Read.estimated(metered).tokens().of(TokenClass.AUDIO_INPUT)).isEqualTo(48);
        assertThat(Read.estimated(metered).tokens().of(TokenClass.OUTPUT)).isBetween(10L, 20L);
    }

    @Test
    void subtitles_tell_how_long_they_are() {
        Metered srt = Read.whole(HEAR, "1\n00:00:00,000 --> 00:01:02,500\nHello\n\n");
        Metered vtt = Read.whole(HEAR, "WEBVTT\n\n00:00.000 --> 00:07.000\nHello\n\n");

        assertThat(srt.flags()).containsExactly("usage_missing");
        assertThat(Read.estimated(srt).units().seconds()).isEqualTo(63);
        assertThat(Read.estimated(vtt).units().seconds()).isEqualTo(8);
    }

    @Test
    void text_is_no_broken_json() {
        assertThat(codec(HEAR).errorInside("Hello".getBytes(UTF_8))).isNull();
        assertThat(codec(SAY).errorInside(new byte[] {-1, -13, 68})).isNull();
        assertThat(codec(HEAR).errorInside("{\"error\":{\"message\":\"m\"}}".getBytes(UTF_8)))
                .isNotNull();
    }

    @Test
    void a_transcripts_stream_ends_with_its_mark_or_with_its_usage() {
        Read read = Read.events(
                HEAR,
                "{\"type\":\"transcript.text.delta\",\"delta\":\"Hello\"}",
                "{\"type\":\"transcript.text.done\",\"text\":\"Hello\","
                        + "\"usage\":{\"type\":\"tokens\",\"input_tokens\":5,\"output_tokens\":1}}",
                "[DONE]");

        assertThat(read.verdicts()).containsExactly(Verdict.FORWARD, Verdict.HOLD, Verdict.TERMINAL);
        assertThat(Read.reported(read.codec().streamed(true)).tokens()).isEqualTo(TokenUsage.of(5, 1));
    }

    @Test
    void sound_of_the_older_models_is_priced_by_the_character() {
        ApiCalls older = SAY.model("tts-1", "tts-1").body("{\"model\":\"tts-1\",\"input\":\"Grüße 👋\"}");

        assertThat(Read.reported(Read.whole(older, "ÿó")).units().characters()).isEqualTo(7);
        assertThat(Read.reported(Read.whole(older, "ÿó")).tokens()).isEqualTo(TokenUsage.NONE);
    }

    @Test
    void sound_of_the_newer_models_is_estimated() {
        Metered metered = Read.whole(SAY, "ÿó");

        assertThat(metered.report()).isInstanceOf(UsageReport.Estimated.class);
        assertThat(Read.estimated(metered).tokens().of(TokenClass.AUDIO_OUTPUT)).isEqualTo(24);
        assertThat(Read.estimated(metered).units().characters()).isEqualTo(12);
    }

    @Test
    void speech_comes_as_bytes_or_as_events() {
        assertThat(codec(SAY).framing(new DefaultHttpHeaders().set("content-type", "audio/mpeg")))
                .isEqualTo(Framing.BYTES);
        assertThat(codec(SAY).framing(new DefaultHttpHeaders().set("content-type", "text/event-stream; charset=utf-8")))
                .isEqualTo(Framing.SERVER_SENT);
    }

    private static long seconds(String body) {
        return Read.reported(Read.whole(HEAR, body)).units().seconds();
    }

    private static AnswerCodec codec(ApiCalls call) {
        return call.api().codec(call.request(), InstantSource.fixed(Read.NOW));
    }
}
