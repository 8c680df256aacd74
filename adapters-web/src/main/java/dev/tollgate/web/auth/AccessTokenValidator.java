package dev.tollgate.web.auth;

import dev.tollgate.application.identity.CheckAccess;
import dev.tollgate.domain.apikey.KeyText;
import dev.tollgate.domain.identity.User;
import dev.tollgate.web.admin.SignedIn;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Tells the security framework whose an access token is. A caller's API key is none, and is not even parsed. */
@Singleton
@Requires(beans = CheckAccess.class)
final class AccessTokenValidator implements TokenValidator<HttpRequest<?>> {
    private final CheckAccess access;
    private final Scheduler blocking;

    AccessTokenValidator(CheckAccess access, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.access = access;
        this.blocking = Schedulers.fromExecutorService(blocking);
    }

    @Override
    public Publisher<Authentication> validateToken(String token, @Nullable HttpRequest<?> request) {
        if (token.startsWith(KeyText.PREFIX)) {
            return Mono.empty();
        }
        return Mono.fromCallable(() -> access.userOf(token))
                .subscribeOn(blocking)
                .flatMap(user -> Mono.justOrEmpty(user.map(AccessTokenValidator::authentication)));
    }

    private static Authentication authentication(User user) {
        return new SignedIn(user.id(), user.username(), user.role()).authentication();
    }
}
