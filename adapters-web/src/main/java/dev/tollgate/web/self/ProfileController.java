package dev.tollgate.web.self;

import dev.tollgate.application.identity.ManageProfile;
import dev.tollgate.application.identity.ManageProfile.Profile;
import dev.tollgate.application.identity.StoredUser;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.JsonBody;
import dev.tollgate.web.admin.OperationNote;
import dev.tollgate.web.admin.SignedIn;
import dev.tollgate.web.admin.UserBody;
import dev.tollgate.web.admin.UserView;
import dev.tollgate.web.admin.UserViews;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Who one is, and one's password. */
@Controller("/api/profile")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProfileController {
    private static final String SUBJECT = "profile";
    private static final int EMAIL_LENGTH_MAX = 254;

    private final ManageProfile profiles;
    private final UserViews views;
    private final InstantSource clock;

    ProfileController(ManageProfile profiles, UserViews views, InstantSource clock) {
        this.profiles = profiles;
        this.views = views;
        this.clock = clock;
    }

    @Get
    Envelope<UserView> read(SignedIn caller) {
        return shown(profiles.find(caller.userId()).orElseThrow(ProfileController::gone));
    }

    @Put
    Envelope<UserView> edit(HttpRequest<?> request, SignedIn caller, @Body @Nullable JsonNode json) {
        JsonBody body = JsonBody.of(json);
        Given<String> email = body.text("email", EMAIL_LENGTH_MAX);
        Given<ZoneId> zone = body.zone("time_zone").notNull();
        body.check();
        UserId id = caller.userId();
        Instant now = clock.instant();
        StoredUser before = profiles.find(id).orElseThrow(ProfileController::gone);
        StoredUser after = profiles.change(
                        id,
                        profile -> new Profile(
                                email.orNull(profile.email()),
                                zone.isGiven() ? profile.home().changeTo(zone.value(), now) : profile.home()))
                .orElseThrow(ProfileController::gone);
        OperationNote.leave(request, SUBJECT, id.value(), UserView.of(before), UserView.of(after));
        return shown(after);
    }

    /** Ends every sign-in, this one too. */
    @Put("/password")
    Envelope<Object> changePassword(HttpRequest<?> request, SignedIn caller, @Body @Nullable JsonNode json) {
        JsonBody body = JsonBody.of(json);
        Given<String> present =
                body.text("current_password", UserBody.PASSWORD_LENGTH_MAX).required();
        Given<String> next = UserBody.password(body, "new_password").required();
        body.check();
        if (!profiles.changePassword(caller.userId(), present.value(), next.value())) {
            throw ApiFailure.invalid("current_password", "is not the present password");
        }
        OperationNote.leave(request, "password", caller.userId().value(), null, null);
        return Envelope.done();
    }

    private Envelope<UserView> shown(StoredUser user) {
        return Envelope.of(views.of(user));
    }

    private static ApiFailure gone() {
        return ApiFailure.notFound("user");
    }
}
