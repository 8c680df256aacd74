package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature Version 4 as AWS describes it, written a second time for the tests, over a request as it arrived. */
final class SignatureByHand {
    private SignatureByHand() {}

    /**
     * The signature a server computes.
     *
     * @param path as on the request line; encoded once more here, as every service but S3 does
     * @param headers name and value of those signed, in lower case and sorted
     */
    static String of(
            String method,
            String path,
            List<String[]> headers,
            byte[] body,
            String secret,
            String date,
            String region,
            String service) {
        String names = headers.stream().map(header -> header[0]).collect(Collectors.joining(";"));
        String canonical = method + "\n" + encoded(path) + "\n\n"
                + headers.stream()
                        .map(header -> header[0] + ":" + header[1] + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + hex(sha256(body));
        String day = date.substring(0, 8);
        String scope = day + "/" + region + "/" + service + "/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + hex(sha256(canonical.getBytes(UTF_8)));
        byte[] key = ("AWS4" + secret).getBytes(UTF_8);
        for (String step : List.of(day, region, service, "aws4_request")) {
            key = hmac(key, step);
        }
        return hex(hmac(key, toSign));
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(segment -> segment.replace("%", "%25").replace(":", "%3A"))
                .collect(Collectors.joining("/"));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
