package dev.tollgate.application.identity;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps settings to what each of them takes; one at its default is not stored. */
public final class ManageSettingsService implements ManageSettings {
    private final Settings settings;

    public ManageSettingsService(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<InForce> list() {
        Map<String, String> stored = settings.all();
        return Stream.of(Setting.values())
                .map(setting -> new InForce(setting, stored.getOrDefault(setting.key(), setting.standard())))
                .toList();
    }

    @Override
    public Map<String, String> change(Map<String, String> values) {
        Map<String, String> faults = new LinkedHashMap<>();
        Map<String, String> stored = new LinkedHashMap<>();
        Set<String> forgotten = new HashSet<>();
        values.forEach((key, value) -> {
            Optional<Setting> setting = Setting.of(key);
            if (setting.isEmpty()) {
                faults.put(key, "is not a setting");
            } else if (value.isEmpty() || value.equals(setting.get().standard())) {
                forgotten.add(key);
            } else {
                setting.get().fault(value).ifPresent(fault -> faults.put(key, fault));
                stored.put(key, value);
            }
        });
        if (faults.isEmpty()) {
            settings.change(stored, forgotten);
        }
        return faults;
    }
}
