package dev.tollgate.web.admin;

import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.OperationLog;
import dev.tollgate.application.identity.OperationLog.Operation;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every change made through the admin API, or to one's own keys and profile, into the operation log. By then the
 * change is made: one that cannot be written is answered all the same, since a caller told of a failure would make it
 * again, and stands in the program's log instead.
 */
@ServerFilter({"/api/**", "/admin/**"})
final class OperationLogFilter implements Ordered {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");
    private static final Set<HttpMethod> CHANGES =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.PATCH);
    private static final int PATH_LENGTH_MAX = 255;

    private final OperationLog log;
    private final Ids ids;
    private final InstantSource clock;
    private final JsonMapper json;
    private final ClientAddresses addresses;

    OperationLogFilter(OperationLog log, Ids ids, InstantSource clock, JsonMapper json, ClientAddresses addresses) {
        this.log = log;
        this.ids = ids;
        this.clock = clock;
        this.json = json;
        this.addresses = addresses;
    }

    /** Inside security, so that the caller is known. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.LAST.order();
    }

    @ResponseFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void write(HttpRequest<?> request, HttpResponse<?> response) {
        Optional<Authentication> caller = request.getUserPrincipal(Authentication.class);
        if (CHANGES.contains(request.getMethod()) && response.code() < 300 && caller.isPresent()) {
            add(request, SignedIn.of(caller.get()));
        }
    }

    private void add(HttpRequest<?> request, SignedIn caller) {
        try {
            log.add(operation(request, caller));
        } catch (RuntimeException e) {
            LOG.error(
                    "{} {} by {} was done and is not in the operation log, request {}",
                    request.getMethod(),
                    request.getPath(),
                    caller.username(),
                    ApiFilter.requestId(request),
                    e);
        }
    }

    private Operation operation(HttpRequest<?> request, SignedIn caller) {
        OperationNote note = OperationNote.of(request).orElse(new OperationNote("other", null, null, null));
        return new Operation(
                ids.next(),
                clock.instant(),
                caller.userId(),
                caller.username(),
                request.getMethod().name(),
                cut(request.getPath()),
                note.subject(),
                note.subjectId(),
                text(note.before()),
                text(note.after()),
                addresses.of(request),
                ApiFilter.requestId(request));
    }

    private static String cut(String path) {
        return path.substring(0, Math.min(path.length(), PATH_LENGTH_MAX));
    }

    private @Nullable String text(@Nullable Object view) {
        return view == null ? null : NoteText.of(view, json);
    }
}
