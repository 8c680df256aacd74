package dev.tollgate.web.relay;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.web.relay.gemini.AnswerForm;
import dev.tollgate.web.relay.gemini.GeminiErrors;
import dev.tollgate.web.relay.openai.OpenAiErrors;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;

/** The answer where a request's path or operation is none of ours, told as the API whose path it is tells it. */
@Singleton
public final class NoSuchPath {
    private static final String GEMINI = "/v1beta/";

    private final PlainAnswers answers;

    NoSuchPath(PlainAnswers answers) {
        this.answers = answers;
    }

    public HttpResponse<?> refuse(HttpRequest<?> request) {
        String message = "Unknown request URL: " + request.getMethodName() + " " + request.getPath() + ".";
        int status = HttpStatus.NOT_FOUND.getCode();
        return answers.refused(
                request, shape(request), new CallError(CallError.Code.INVALID_REQUEST, status, message, null, null));
    }

    private static ErrorShape shape(HttpRequest<?> request) {
        String platform = RelayRoutes.platform(request);
        String path = platform == null ? request.getPath() : request.getPath().substring(platform.length() + 1);
        return path.startsWith(GEMINI) ? new GeminiErrors(AnswerForm.DOCUMENT) : new OpenAiErrors();
    }
}
