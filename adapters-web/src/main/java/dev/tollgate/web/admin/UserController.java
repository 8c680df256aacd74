package dev.tollgate.web.admin;

import dev.tollgate.application.identity.ManageUsers;
import dev.tollgate.application.identity.ManageUsers.Outcome;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.application.identity.StoredUser;
import dev.tollgate.application.identity.Users;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Multiplier;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The users, for admins. */
@Controller("/api/admin/users")
@ExecuteOn(TaskExecutors.BLOCKING)
final class UserController {
    private static final String SUBJECT = "users";

    private final ManageUsers users;
    private final UserViews views;
    private final InstantSource clock;
    private final ZoneId usualZone;

    UserController(
            ManageUsers users,
            UserViews views,
            InstantSource clock,
            @Value("${tollgate.time-zone:UTC}") String usualZone) {
        this.users = users;
        this.views = views;
        this.clock = clock;
        this.usualZone = ZoneId.of(usualZone);
    }

    @Get
    Envelope<ItemPage<UserView>> list(HttpRequest<?> request) {
        PageQuery query = Paging.of(request, Users.SORTABLE);
        Page<StoredUser> page = users.list(query);
        return ItemPage.of(page, query, views.of(page.items()));
    }

    @Post
    Envelope<UserView> create(HttpRequest<?> request, @Body @Nullable JsonNode json) {
        UserBody body = UserBody.creating(json);
        String password = String.valueOf(body.password());
        StoredUser created = done(users.create(body.terms(usualZone, clock.instant()), password));
        OperationNote.leave(request, SUBJECT, created.id().value(), null, UserView.of(created));
        return shown(created);
    }

    @Get("/{id}")
    Envelope<UserView> read(long id) {
        return shown(existing(id));
    }

    @Put("/{id}")
    Envelope<UserView> edit(HttpRequest<?> request, long id, @Body @Nullable JsonNode json) {
        UserBody body = UserBody.editing(json);
        StoredUser before = existing(id);
        StoredUser after = done(
                users.change(new UserId(id), terms -> body.over(terms, usualZone, clock.instant()), body.password()));
        OperationNote.leave(request, SUBJECT, id, UserView.of(before), UserView.of(after));
        return shown(after);
    }

    @Delete("/{id}")
    Envelope<Object> remove(HttpRequest<?> request, long id) {
        StoredUser removed = done(users.remove(new UserId(id)));
        OperationNote.leave(request, SUBJECT, id, UserView.of(removed), null);
        return Envelope.done();
    }

    @Post("/{id}/restore")
    Envelope<UserView> restore(HttpRequest<?> request, long id) {
        StoredUser restored = done(users.restore(new UserId(id)));
        OperationNote.leave(request, SUBJECT, id, null, UserView.of(restored));
        return shown(restored);
    }

    @Post("/batch-price-multiplier")
    Envelope<Multiplied> multiplyPrices(HttpRequest<?> request, @Body @Nullable JsonNode json) {
        JsonBody body = JsonBody.of(json);
        Given<Set<Long>> ids = body.ids("user_ids");
        Given<Boolean> all = body.flag("all");
        Given<Multiplier> multiplier = body.multiplier("price_multiplier");
        if (!multiplier.isGiven()) {
            body.wrong("price_multiplier", "is required; null takes users' multipliers away");
        }
        boolean everybody = all.or(false);
        if (everybody == ids.isGiven()) {
            body.wrong("user_ids", "either user_ids or all: true is required");
        }
        body.check();
        Set<UserId> chosen = ids.or(Set.of()).stream().map(UserId::new).collect(Collectors.toSet());
        int count = users.multiplyPrices(everybody ? null : chosen, multiplier.orNull(null));
        OperationNote.leaveForMany(request, SUBJECT, null, json);
        return Envelope.of(new Multiplied(count));
    }

    private Envelope<UserView> shown(StoredUser user) {
        return Envelope.of(views.of(user));
    }

    private StoredUser existing(long id) {
        return users.find(new UserId(id)).orElseThrow(() -> ApiFailure.notFound("user"));
    }

    private static StoredUser done(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(StoredUser user) -> user;
            case Outcome.NoSuchUser gone -> throw ApiFailure.notFound("user");
            case Outcome.NameTaken taken -> throw ApiFailure.conflict("the username is taken");
            case Outcome.LastAdmin last -> throw ApiFailure.conflict("this is the last active admin");
        };
    }

    /** How many users a batch changed. */
    @Serdeable
    record Multiplied(int updated) {}
}
