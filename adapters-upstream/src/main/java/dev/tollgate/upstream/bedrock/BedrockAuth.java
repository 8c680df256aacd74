package dev.tollgate.upstream.bedrock;

import dev.tollgate.application.relay.Header;
import dev.tollgate.upstream.http.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Says who calls: a Bedrock API key as it is, or a signature (SigV4) made with a pair of keys over exactly the path, the
 * headers and the body that are sent.
 */
final class BedrockAuth {
    private static final String SERVICE = "bedrock";
    private static final Set<String> SIGNERS =
            Set.of("authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256");
    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    private BedrockAuth() {}

    /**
     * The headers of a call with those that say who makes it.
     *
     * @throws IllegalArgumentException if the credentials are not complete
     */
    static List<Header> headers(
            List<Header> unsigned, Target target, byte[] body, Map<String, String> credentials, Instant now) {
        return headers(unsigned, SdkHttpMethod.POST, target, body, credentials, now);
    }

    /** The same for a request without a body. */
    static List<Header> ofGet(List<Header> unsigned, Target target, Map<String, String> credentials, Instant now) {
        return headers(unsigned, SdkHttpMethod.GET, target, new byte[0], credentials, now);
    }

    private static List<Header> headers(
            List<Header> unsigned,
            SdkHttpMethod method,
            Target target,
            byte[] body,
            Map<String, String> credentials,
            Instant now) {
        String key = credentials.get("api_key");
        List<Header> headers = new ArrayList<>(unsigned);
        if (key != null) {
            if (headers.stream().noneMatch(header -> header.isNamed("authorization"))) {
                headers.add(new Header("authorization", "Bearer " + key));
            }
            return headers;
        }
        headers.removeIf(header -> SIGNERS.stream().anyMatch(header::isNamed));
        SignedRequest signed = sign(request(method, headers, target), body, credentials, now);
        signed.request().forEachHeader((name, values) -> {
            if (SIGNERS.stream().anyMatch(name::equalsIgnoreCase)) {
                headers.add(new Header(name, values.get(0)));
            }
        });
        return headers;
    }

    private static SdkHttpRequest request(SdkHttpMethod method, List<Header> headers, Target target) {
        String scheme = target.origin().tls() ? "https://" : "http://";
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(method)
                .uri(URI.create(scheme + target.origin().authority() + target.pathAndQuery()));
        headers.forEach(header -> request.appendHeader(header.name(), header.value()));
        return request.build();
    }

    private static SignedRequest sign(
            SdkHttpRequest request, byte[] body, Map<String, String> credentials, Instant now) {
        return SIGNER.sign(signing -> signing.identity(identity(credentials))
                .request(request)
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                .putProperty(AwsV4HttpSigner.REGION_NAME, need(credentials, "region"))
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)));
    }

    private static AwsCredentialsIdentity identity(Map<String, String> credentials) {
        String id = need(credentials, "access_key_id");
        String secret = need(credentials, "secret_access_key");
        String session = credentials.get("session_token");
        return session == null || session.isBlank()
                ? AwsCredentialsIdentity.create(id, secret)
                : AwsSessionCredentialsIdentity.create(id, secret, session);
    }

    private static String need(Map<String, String> credentials, String name) {
        String value = credentials.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
