package dev.tollgate.application.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.pricing.ModelMapping;
import dev.tollgate.domain.pricing.ModelMappingId;
import org.junit.jupiter.api.Test;

/** What every store of model mappings keeps to; each test starts with an empty one. */
public abstract class ModelMappingsContract {
    /** A store with nothing in it. */
    protected abstract ModelMappings mappings();

    @Test
    void lists_mappings_in_the_order_they_are_tried() {
        ModelMappings mappings = mappings();
        ModelMapping last = mapping(1, "gpt-*", 5);
        ModelMapping second = mapping(3, "claude-*", 0);
        ModelMapping first = mapping(2, "*", 0);

        mappings.put(last);
        mappings.put(second);
        mappings.put(first);

        assertThat(mappings.all()).containsExactly(first, second, last);
    }

    @Test
    void replaces_and_removes_by_id() {
        ModelMappings mappings = mappings();
        mappings.put(mapping(1, "a", 0));
        mappings.put(mapping(2, "b", 0));

        ModelMapping replaced = new ModelMapping(new ModelMappingId(1), "c", "other", 9, false);
        mappings.put(replaced);
        mappings.remove(new ModelMappingId(2));
        mappings.remove(new ModelMappingId(3));

        assertThat(mappings.all()).containsExactly(replaced);
    }

    private static ModelMapping mapping(long id, String pattern, int priority) {
        return new ModelMapping(new ModelMappingId(id), pattern, "target", priority, true);
    }
}
