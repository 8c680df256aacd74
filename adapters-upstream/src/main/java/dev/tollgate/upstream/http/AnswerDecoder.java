package dev.tollgate.upstream.http;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Reads answers, and tells whether bytes are left that none of them accounts for. */
final class AnswerDecoder extends HttpResponseDecoder {
    private static final int HEADER_BYTES_MAX = 32 * 1024;
    private static final int CHUNK_BYTES_MAX = 32 * 1024;

    AnswerDecoder() {
        super(new HttpDecoderConfig().setMaxHeaderSize(HEADER_BYTES_MAX).setMaxChunkSize(CHUNK_BYTES_MAX));
    }

    /** Whether something came that is not the whole of anything: the beginning of an answer nobody asked for. */
    boolean hasLeftover() {
        return actualReadableBytes() > 0;
    }
}
