package dev.tollgate.web.admin;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.env.PropertySource;
import java.util.Map;

/** Settings that belong to the code here rather than to the operator: our own sign-in and health, and nulls shown. */
@ContextConfigurer
public final class WebDefaults implements ApplicationContextConfigurer {
    @Override
    public void configure(ApplicationContextBuilder builder) {
        builder.propertySources(PropertySource.of(
                "tollgate-web",
                Map.of(
                        "micronaut.serde.serialization.inclusion", "ALWAYS",
                        "micronaut.security.endpoints.login.enabled", false,
                        "micronaut.security.endpoints.logout.enabled", false,
                        "micronaut.security.token.jwt.enabled", false,
                        "endpoints.health.enabled", false,
                        "micronaut.security.token.cookie.enabled", false,
                        "micronaut.security.redirect.enabled", false)));
    }
}
