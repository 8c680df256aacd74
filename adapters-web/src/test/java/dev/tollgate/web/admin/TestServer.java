package dev.tollgate.web.admin;

import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.InMemoryOperationLog;
import dev.tollgate.application.identity.OperationLog;
import dev.tollgate.application.identity.TimeOrderedIds;
import dev.tollgate.application.relay.AdmissionClock;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.UserId;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The web module on a port of its own, over the use cases a test gives it. Calls are made as the admin (user 1,
 * {@code admin}), as a user (user 2, {@code user}) or as nobody. Start one for a test class and close it.
 */
public final class TestServer implements AutoCloseable {
    public static final SignedIn ADMIN = new SignedIn(new UserId(1), "admin", Role.ADMIN);
    public static final SignedIn USER = new SignedIn(new UserId(2), "user", Role.USER);

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json;

    private TestServer(ApplicationContext context) {
        this.context = context;
        this.server = context.getBean(EmbeddedServer.class).start();
        this.json = context.getBean(JsonMapper.class);
    }

    /** Starts with use cases and ports, each registered under every interface it has. */
    public static TestServer start(Object... beans) {
        return start(Map.of(), beans);
    }

    public static TestServer start(Map<String, Object> settings, Object... beans) {
        ApplicationContext context = ApplicationContext.builder()
                .properties(settings)
                .properties(Map.of("micronaut.server.port", -1))
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .build();
        for (Object bean : beans) {
            if (bean instanceof InstantSource clock) {
                context.registerSingleton(InstantSource.class, clock);
            } else {
                context.registerSingleton(bean);
            }
        }
        register(context, InstantSource.class, InstantSource.system(), beans);
        register(
                context,
                Ids.class,
                new TimeOrderedIds(InstantSource.system(), ThreadLocalRandom.current()::nextInt),
                beans);
        register(context, AdmissionClock.class, new AdmissionClock(InstantSource.system()), beans);
        register(context, OperationLog.class, new InMemoryOperationLog(), beans);
        context.registerSingleton(new NamedTokens());
        return new TestServer(context.start());
    }

    private static <T> void register(ApplicationContext context, Class<T> type, T otherwise, Object... beans) {
        for (Object bean : beans) {
            if (type.isInstance(bean)) {
                return;
            }
        }
        context.registerSingleton(type, otherwise);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public Answer get(@Nullable SignedIn caller, String path) {
        return call(caller, "GET", path, null);
    }

    public Answer post(@Nullable SignedIn caller, String path, String body) {
        return call(caller, "POST", path, body);
    }

    public Answer put(@Nullable SignedIn caller, String path, String body) {
        return call(caller, "PUT", path, body);
    }

    public Answer delete(@Nullable SignedIn caller, String path) {
        return call(caller, "DELETE", path, null);
    }

    private Answer call(@Nullable SignedIn caller, String method, String path, @Nullable String body) {
        return callWithToken(caller == null ? null : caller.username(), method, path, body);
    }

    /** Makes a call with a bearer token, or none. */
    public Answer callWithToken(@Nullable String token, String method, String path, @Nullable String body) {
        var request = java.net.http.HttpRequest.newBuilder(URI.create(server.getURI() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(), response.body(), response.headers().map(), json);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }

    /** Takes a name for a token. */
    private static final class NamedTokens implements TokenValidator<HttpRequest<?>> {
        @Override
        public Publisher<Authentication> validateToken(String token, HttpRequest<?> request) {
            return switch (token) {
                case "admin" -> Mono.just(ADMIN.authentication());
                case "user" -> Mono.just(USER.authentication());
                default -> Mono.empty();
            };
        }
    }
}
