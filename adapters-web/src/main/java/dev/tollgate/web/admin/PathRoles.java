package dev.tollgate.web.admin;

import dev.tollgate.domain.identity.Role;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Who may call which path, in full: admins everything of the API, users all of it but the admin part, anybody the
 * sign-in, health, the console's files and the relay, which checks keys itself. Everything else is refused.
 */
@Singleton
final class PathRoles implements SecurityRule<HttpRequest<?>> {
    private static final List<String> ADMIN = List.of("/api/admin/", "/admin/");
    private static final List<String> OPEN = List.of("/api/auth/login", "/api/auth/refresh");
    private static final List<String> RELAY = List.of("/v1/", "/v1beta/", "/openai/", "/claude/", "/gemini/");
    private static final List<String> FILES =
            List.of("/console/", "/assets/", "/docs/", "/health/", "/openapi.yaml", "/favicon.ico", "/robots.txt");
    private static final List<String> MANAGEMENT = List.of("/prometheus", "/metrics", "/info", "/loggers", "/commands");
    private static final List<String> TRICKS = List.of("//", "/./", "/../", ";", "\\", "%");

    private final int managementPort;

    PathRoles(@Value("${endpoints.all.port:0}") int managementPort) {
        this.managementPort = managementPort;
    }

    /** Before every rule of the framework's. */
    @Override
    public int getOrder() {
        return -1000;
    }

    @Override
    public Publisher<SecurityRuleResult> check(@Nullable HttpRequest<?> request, @Nullable Authentication caller) {
        boolean allowed = request != null && allows(request, caller);
        return Mono.just(allowed ? SecurityRuleResult.ALLOWED : SecurityRuleResult.REJECTED);
    }

    private boolean allows(HttpRequest<?> request, @Nullable Authentication caller) {
        String path = request.getPath();
        if (isUnder(path, RELAY)) {
            return true;
        }
        if (TRICKS.stream().anyMatch(path::contains)) {
            return false;
        }
        if (isManagement(request, path) || OPEN.contains(withoutEndingSlash(path))) {
            return true;
        }
        if (isUnder(path, ADMIN)) {
            return caller != null && SignedIn.of(caller).role() == Role.ADMIN;
        }
        if (isUnder(path, List.of("/api/"))) {
            return caller != null;
        }
        boolean reads = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        return reads && (path.equals("/") || isUnder(path, FILES));
    }

    private boolean isManagement(HttpRequest<?> request, String path) {
        return request.getServerAddress().getPort() == managementPort
                && MANAGEMENT.stream().anyMatch(path::startsWith);
    }

    /** Compares without regard to case, so that an odd spelling is never less guarded than the usual one. */
    private static boolean isUnder(String path, List<String> folders) {
        String lower = withoutEndingSlash(path).toLowerCase(Locale.ROOT) + "/";
        return folders.stream().anyMatch(folder -> lower.startsWith(folder.endsWith("/") ? folder : folder + "/"));
    }

    private static String withoutEndingSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
