package dev.tollgate.web.relay.openai;

import dev.tollgate.web.relay.Dialect;
import dev.tollgate.web.relay.ErrorShape;

/** What OpenAI's kinds of calls have in common. */
abstract class OpenAiDialect implements Dialect {
    private final String name;
    private final String path;
    private final ErrorShape errors;

    OpenAiDialect(String name, String path) {
        this(name, path, new OpenAiErrors());
    }

    OpenAiDialect(String name, String path, ErrorShape errors) {
        this.name = name;
        this.path = path;
        this.errors = errors;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String path() {
        return path;
    }

    @Override
    public final ErrorShape errors() {
        return errors;
    }
}
