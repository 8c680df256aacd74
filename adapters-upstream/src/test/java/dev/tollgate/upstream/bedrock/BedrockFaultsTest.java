package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.upstream.Corpus;
import dev.tollgate.upstream.Corpus.Recording;
import dev.tollgate.upstream.http.AnswerCodec.StreamError;
import dev.tollgate.upstream.http.StreamEvent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockFaultsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "403,AccessDeniedException,User is not authorized,CREDENTIALS",
        "403,AccessDeniedException,You don't have access to the model with the specified model ID.,CREDENTIALS",
        "403,AccessDeniedException,Model access is denied due to INVALID_PAYMENT_INSTRUMENT,BALANCE",
        "403,UnrecognizedClientException:http://internal.amazon.com/coral/,The security token is invalid.,CREDENTIALS",
        "403,ExpiredTokenException:http://internal.amazon.com/coral/,expired,CREDENTIALS",
        "429,ThrottlingException:http://internal.amazon.com/coral/,Too many tokens,RATE_LIMITED",
        "400,ServiceQuotaExceededException,quota,RATE_LIMITED",
        "429,ModelNotReadyException,loading,OVERLOADED",
        "503,ServiceUnavailableException,busy,OVERLOADED",
        "400,ValidationException,with on-demand throughput isn't supported,REQUEST",
        "404,ResourceNotFoundException,end of life,REQUEST",
        "408,ModelTimeoutException,slow,SERVER",
        "424,ModelErrorException,broke,SERVER",
        "500,InternalServerException,broke,SERVER",
        "418,SomethingNewException,?,SERVER",
        "403,SomethingNewException,?,CREDENTIALS"
    })
    void the_type_tells_the_kind(int status, String type, String message, Kind kind) {
        Fault fault = BedrockFaults.of(
                status,
                new DefaultHttpHeaders().set("x-amzn-errortype", type),
                ("{\"Message\":\"" + message + "\"}").getBytes(UTF_8),
                NOW);

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.message()).contains(message).doesNotContain("http:");
    }

    @ParameterizedTest
    @CsvSource({
        "429,ThrottlingException,Too many tokens,MODEL",
        "403,AccessDeniedException,You don't have access to the model with the specified model ID.,MODEL",
        "403,AccessDeniedException,User is not authorized,ACCOUNT",
        "503,ServiceUnavailableException,busy,ACCOUNT"
    })
    void rates_and_access_are_each_models_own(int status, String type, String message, Fault.Scope scope) {
        Fault fault = BedrockFaults.of(
                status,
                new DefaultHttpHeaders().set("x-amzn-errortype", type),
                ("{\"message\":\"" + message + "\"}").getBytes(UTF_8),
                NOW);

        assertThat(fault.scope()).isEqualTo(scope);
    }

    @Test
    void the_body_may_tell_the_type_where_no_header_does() {
        String body = "{\"__type\":\"com.amazon.coral.service#UnrecognizedClientException\",\"message\":\"no\"}";

        assertThat(BedrockFaults.of(400, new DefaultHttpHeaders(), body.getBytes(UTF_8), NOW)
                        .kind())
                .isEqualTo(Kind.CREDENTIALS);
    }

    @ParameterizedTest
    @CsvSource({
        "throttlingException,429,RATE_LIMITED",
        "modelStreamErrorException,424,SERVER",
        "internalServerException,500,SERVER",
        "serviceUnavailableException,503,OVERLOADED",
        "validationException,400,REQUEST",
        "modelTimeoutException,408,SERVER",
        "InternalFailure,500,SERVER"
    })
    void an_exception_in_a_stream_has_the_status_it_would_have_had(String name, int status, Kind kind) {
        StreamEvent event = event(name);

        assertThat(BedrockFaults.isFault(event)).isTrue();
        StreamError error = BedrockFaults.inStream(event, NOW);
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.fault().kind()).isEqualTo(kind);
        assertThat(BedrockWords.of(error.body())).isEqualTo("no more");
    }

    @ParameterizedTest
    @CsvSource({
        "bedrock.converse.n023.bedrock-429-throttling,RATE_LIMITED,",
        "bedrock.invoke_model.n013.bedrock-400-on-demand-unsupported,REQUEST,"
    })
    void quoted_answers_are_what_they_say(String id, Kind kind, Instant retryAt) {
        Recording quoted = Corpus.recording(id).orElse(null);
        assumeTrue(quoted != null, "the corpus lies beside the checkout");

        Fault fault = BedrockFaults.of(quoted.status(), quoted.wireHeaders(), quoted.body(), NOW);

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.retryAt()).isEqualTo(retryAt);
    }

    @Test
    void an_event_is_no_fault_even_if_nobody_knows_it() {
        assertThat(BedrockFaults.isFault(event("somethingNew"))).isFalse();
    }

    @Test
    void words_are_the_message_or_plain_text_and_never_a_page() {
        assertThat(BedrockWords.of("plain".getBytes(UTF_8))).isEqualTo("plain");
        assertThat(BedrockWords.of("<html>".getBytes(UTF_8))).isEmpty();
        assertThat(BedrockWords.of("{}".getBytes(UTF_8))).isEmpty();
    }

    private static StreamEvent event(String name) {
        byte[] lines = ("event: " + name + "\ndata: {\"message\":\"no more\",\"p\":\"ab\"}\n\n").getBytes(UTF_8);
        StreamEvent event = new StreamEvent();
        event.read(lines, 0, lines.length);
        return event;
    }
}
