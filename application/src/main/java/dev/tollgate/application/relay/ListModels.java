package dev.tollgate.application.relay;

import dev.tollgate.domain.pricing.Model;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Use case: tell a caller which models its key may use. */
public interface ListModels {
    /** All of them, by name. */
    Listing list(Visitor visitor);

    /** The one a name or alias stands for; refused if the key may not use it, or there is none. */
    Listing find(Visitor visitor, String name);

    /**
     * Who asks.
     *
     * @param keyText the key as sent, null if none
     * @param pinnedPlatform the family the models are to be of, null for any
     */
    record Visitor(
            @Nullable String keyText,
            @Nullable String clientIp,
            @Nullable String pinnedPlatform) {
        @Override
        public String toString() {
            return "Visitor[clientIp=" + clientIp + ", pinnedPlatform=" + pinnedPlatform + "]";
        }
    }

    /** What the caller is answered. */
    sealed interface Listing {
        record Models(List<Model> models) implements Listing {
            public Models {
                models = List.copyOf(models);
            }
        }

        record Refused(CallError error) implements Listing {}
    }
}
