package dev.tollgate.application.relay;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

class InMemoryBindingsTest extends BindingsContract {
    private @Nullable Bindings bindings;

    @Override
    protected Bindings create(InstantSource clock) {
        bindings = new InMemoryBindings(clock);
        return bindings;
    }

    @Override
    protected Bindings restarted() {
        return bindings;
    }
}
