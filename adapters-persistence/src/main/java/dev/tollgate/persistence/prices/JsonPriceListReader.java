package dev.tollgate.persistence.prices;

import dev.tollgate.application.pricing.Fields;
import dev.tollgate.application.pricing.PriceList;
import dev.tollgate.application.pricing.PriceListReader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads price lists in JSON and tells the two shapes apart. */
@Singleton
public final class JsonPriceListReader implements PriceListReader {
    @Override
    public PriceList read(byte[] file) {
        Map<String, @Nullable Object> root = parsed(file);
        return root.get("models") instanceof List<?> models ? ourShape(models) : UsualShape.read(root);
    }

    private static Map<String, @Nullable Object> parsed(byte[] file) {
        try {
            return JsonTree.readObject(file);
        } catch (IOException malformed) {
            throw new Unreadable("the file is not a JSON object");
        }
    }

    private static PriceList ourShape(List<?> models) {
        List<Fields> entries = new ArrayList<>();
        for (Object model : models) {
            if (!(model instanceof Map<?, ?> fields)) {
                throw new Unreadable("the models are not objects");
            }
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            fields.forEach((name, value) -> named.put(String.valueOf(name), value));
            entries.add(Fields.of(named));
        }
        return new PriceList(false, entries, List.of(), List.of());
    }
}
