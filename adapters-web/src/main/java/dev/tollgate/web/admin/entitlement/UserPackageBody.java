package dev.tollgate.web.admin.entitlement;

import dev.tollgate.application.entitlement.ManageUserPackages.Assignment;
import dev.tollgate.application.entitlement.ManageUserPackages.Renewal;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageEdit;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.JsonBody;
import io.micronaut.json.tree.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies that assign a package and that edit one. */
final class UserPackageBody {
    private static final int PRIORITY_MAX = 1_000_000;

    private UserPackageBody() {}

    static Assignment assignment(@Nullable JsonNode json, UserId user, UserId actor) {
        JsonBody body = JsonBody.of(json);
        Given<Long> offer = body.id("package_id").required();
        Given<Instant> start = body.instant("start_time");
        Given<String> reference = Reference.of(body);
        body.check();
        return new Assignment(user, new PackageId(offer.value()), start.orNull(null), reference.orNull(null), actor);
    }

    static Renewal renewal(@Nullable JsonNode json, UserPackageId id, UserId actor) {
        JsonBody body = JsonBody.of(json);
        Given<String> reference = Reference.of(body);
        body.check();
        return new Renewal(id, reference.orNull(null), actor);
    }

    static UserPackageEdit edit(@Nullable JsonNode json, UserPackage current) {
        JsonBody body = JsonBody.of(json);
        Given<Instant> expiry = body.instant("expire_time");
        Given<Boolean> enabled = body.choice("status", Map.of("active", true, "disabled", false));
        Given<Integer> priority = body.integer("priority", -PRIORITY_MAX, PRIORITY_MAX);
        LimitFields limits = LimitFields.of(body, "quota_total");
        limits.check(body, current.terms().type(), current.terms().limits());
        Instant expiresAt = expiry.orNull(current.expiresAt());
        if (expiresAt != null && !current.startsAt().isBefore(expiresAt)) {
            body.wrong("expire_time", "must be after start_time");
        }
        body.check();
        return new UserPackageEdit(
                expiresAt,
                enabled.or(current.enabled(), true),
                priority.or(current.priority(), 0),
                limits.over(current.terms().limits()));
    }
}
