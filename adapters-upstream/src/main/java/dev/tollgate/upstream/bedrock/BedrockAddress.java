package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.account.Connection;
import dev.tollgate.upstream.http.Origin;
import dev.tollgate.upstream.http.Target;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a call to a model goes: {@code /model/{modelId}/{operation}} on the region's host or behind the account's base. */
final class BedrockAddress {
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");
    private static final String UNRESERVED = "-._~";

    private BedrockAddress() {}

    /** @throws IllegalArgumentException if the account's region or base is no address a call can be sent to */
    static Target of(Connection connection, String model, String operation) {
        String base = connection.baseUrl();
        String address = base == null
                ? regional("bedrock-runtime", connection.credentials().get("region"))
                : base;
        String path = URI.create(address).getRawPath();
        String prefix = path == null ? "" : path.replaceFirst("/+$", "");
        return new Target(Origin.of(address), prefix + "/model/" + encoded(model) + "/" + operation);
    }

    /** The list of models, which another host of the region has; null behind the account's base, where none may be. */
    static @Nullable Target models(Connection connection) {
        if (connection.baseUrl() != null) {
            return null;
        }
        String address = regional("bedrock", connection.credentials().get("region"));
        return new Target(Origin.of(address), "/foundation-models");
    }

    /** China's regions are a partition of their own, with their own domain. */
    private static String regional(String service, @Nullable String region) {
        if (region == null || !REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("not a region");
        }
        String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        return "https://" + service + "." + region + "." + domain;
    }

    /** One segment of a path, as AWS's own clients write it: everything but unreserved characters percent-encoded. */
    private static String encoded(String segment) {
        StringBuilder encoded = new StringBuilder(segment.length() + 8);
        for (byte next : segment.getBytes(UTF_8)) {
            boolean plain = (next >= 'a' && next <= 'z')
                    || (next >= 'A' && next <= 'Z')
                    || (next >= '0' && next <= '9')
                    || UNRESERVED.indexOf(next) >= 0;
            if (plain) {
                encoded.append((char) next);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", next & 0xff));
            }
        }
        return encoded.toString();
    }
}
