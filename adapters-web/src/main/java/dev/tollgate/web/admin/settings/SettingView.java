package dev.tollgate.web.admin.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tollgate.application.identity.ManageSettings.InForce;
import io.micronaut.serde.annotation.Serdeable;

/** A setting as the admin API shows it. */
@Serdeable
record SettingView(
        String key, String value, @JsonProperty("default") String standard, String category, String description) {
    static SettingView from(InForce held) {
        return new SettingView(
                held.setting().key(),
                held.value(),
                held.setting().standard(),
                held.setting().category(),
                held.setting().description());
    }
}
