package dev.tollgate.application.relay;

import java.util.List;

/** Status and headers of an answer, already reduced to those a caller may see. */
public record AnswerHead(int status, List<Header> headers) {
    public AnswerHead {
        headers = List.copyOf(headers);
    }
}
