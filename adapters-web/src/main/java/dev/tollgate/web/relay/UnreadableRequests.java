package dev.tollgate.web.relay;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.web.relay.openai.OpenAiErrors;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.List;

/**
 * Ends a connection on which nothing that follows can be understood: after a body cut into bad chunks, a body in a coding
 * other than chunks, which would be taken for the next request (RFC 9112, 6.3), or an address that was not read to its
 * end. Which dialect that was meant for is not known then; it is told in OpenAI's.
 */
final class UnreadableRequests extends ChannelInboundHandlerAdapter {
    private final RequestIds ids;
    private boolean isOver;

    UnreadableRequests(RequestIds ids) {
        this.ids = ids;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isOver) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpRequest request) {
            head(context, request);
        } else if (message instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            isOver = true;
            content.release();
            var unused = context.close();
        } else {
            context.fireChannelRead(message);
        }
    }

    private void head(ChannelHandlerContext context, HttpRequest request) {
        if (request.decoderResult().cause() instanceof TooLongHttpLineException) {
            isOver = true;
            ReferenceCountUtil.release(request);
            var unused = context.writeAndFlush(tooLong()).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (isCodingUnknown(request.headers())) {
            request.setDecoderResult(DecoderResult.failure(new IOException("an unknown transfer coding")));
        }
        context.fireChannelRead(request);
    }

    private FullHttpResponse tooLong() {
        HttpResponseStatus status = HttpResponseStatus.REQUEST_URI_TOO_LONG;
        RequestId id = ids.next();
        byte[] document = new OpenAiErrors()
                .document(
                        new CallError(
                                CallError.Code.INVALID_REQUEST, status.code(), "The address is too long.", null, null),
                        id);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(document));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, document.length)
                .set(HttpHeaderNames.CONNECTION, "close")
                .set("x-request-id", id.text())
                .set("request-id", id.text());
        return response;
    }

    private static boolean isCodingUnknown(HttpHeaders headers) {
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        boolean isChunked = codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked");
        return !codings.isEmpty() && !isChunked;
    }
}
