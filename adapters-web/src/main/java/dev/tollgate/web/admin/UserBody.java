package dev.tollgate.web.admin;

import dev.tollgate.application.identity.UserTerms;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import io.micronaut.json.tree.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields an admin may set of a user, read from a body. */
public final class UserBody {
    private static final int PASSWORD_LENGTH_MIN = 8;
    /** The longest password. */
    public static final int PASSWORD_LENGTH_MAX = 200;

    private static final int EMAIL_LENGTH_MAX = 254;
    private static final Map<String, Boolean> STATUSES = Map.of("active", true, "disabled", false);

    private final Given<String> username;
    private final Given<String> password;
    private final Given<String> email;
    private final Given<Role> role;
    private final Given<Boolean> active;
    private final Given<BillingMode> billingMode;
    private final Given<Multiplier> multiplier;
    private final Given<Integer> maxConcurrency;
    private final Given<Long> rpm;
    private final Given<Money> dailyCost;
    private final Given<Money> monthlyCost;
    private final Given<ZoneId> zone;
    private final Given<Set<Long>> groups;

    private UserBody(JsonBody body, boolean creating) {
        username = username(body).requiredIf(creating);
        password = password(body, "password").requiredIf(creating);
        email = body.text("email", EMAIL_LENGTH_MAX);
        role = body.choice("role", Role.class).notNull();
        active = body.choice("status", STATUSES).notNull();
        billingMode = body.choice("billing_mode", BillingMode.class);
        multiplier = body.multiplier("price_multiplier");
        maxConcurrency = body.integer("max_concurrency", 0, 1_000_000);
        rpm = body.number("rpm_limit", 0, 1_000_000_000);
        dailyCost = body.money("daily_cost_limit");
        monthlyCost = body.money("monthly_cost_limit");
        zone = body.zone("time_zone");
        groups = body.ids("group_ids");
        body.check();
    }

    static UserBody creating(@Nullable JsonNode json) {
        return new UserBody(JsonBody.of(json), true);
    }

    static UserBody editing(@Nullable JsonNode json) {
        return new UserBody(JsonBody.of(json), false);
    }

    /** A name that can stand in a URL, a log and a command line. */
    private static Given<String> username(JsonBody body) {
        return body.parsed(
                "username",
                "must be 1 to 64 letters, digits or one of . _ @ + -",
                node -> node.isString() && node.getStringValue().matches("[A-Za-z0-9._@+-]{1,64}")
                        ? node.getStringValue()
                        : null);
    }

    /** Declares a field for a new password. */
    public static Given<String> password(JsonBody body, String name) {
        return body.parsed(
                name,
                "must be a text of " + PASSWORD_LENGTH_MIN + " to " + PASSWORD_LENGTH_MAX + " characters",
                node -> node.isString() && isPassword(node.getStringValue()) ? node.getStringValue() : null);
    }

    private static boolean isPassword(String text) {
        return text.length() >= PASSWORD_LENGTH_MIN && text.length() <= PASSWORD_LENGTH_MAX;
    }

    /** The new password; null to leave the present one. */
    @Nullable
    String password() {
        return password.orNull(null);
    }

    /** The terms of a new user; what is not given has its usual value. */
    UserTerms terms(ZoneId usualZone, Instant now) {
        Role given = role.or(Role.USER);
        return over(
                new UserTerms(
                        username.value(),
                        null,
                        given,
                        true,
                        BillingMode.of(given),
                        null,
                        UserLimits.NONE,
                        HomeZone.of(zone.or(usualZone)),
                        Set.of()),
                usualZone,
                now);
    }

    /** Terms with what is given put over them. */
    UserTerms over(UserTerms terms, ZoneId usualZone, Instant now) {
        Role newRole = role.or(terms.role());
        return new UserTerms(
                username.or(terms.username()),
                email.orNull(terms.email()),
                newRole,
                active.or(terms.active()),
                billingMode.or(terms.billingMode(), BillingMode.of(newRole)),
                multiplier.orNull(terms.multiplier()),
                new UserLimits(
                        maxConcurrency.or(terms.limits().maxConcurrency(), 0),
                        rpm.or(terms.limits().rpm(), 0L),
                        dailyCost.or(terms.limits().dailyCost(), Money.ZERO),
                        monthlyCost.or(terms.limits().monthlyCost(), Money.ZERO)),
                zone.isGiven() ? terms.home().changeTo(zone.or(usualZone), now) : terms.home(),
                groups.isGiven()
                        ? groups.or(Set.of()).stream().map(GroupId::new).collect(Collectors.toSet())
                        : terms.groups());
    }
}
