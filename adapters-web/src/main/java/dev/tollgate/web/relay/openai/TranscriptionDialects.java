package dev.tollgate.web.relay.openai;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The two paths words are taken down at. */
@Factory
final class TranscriptionDialects {
    @Singleton
    @Named("transcriptions")
    TranscriptionDialect transcriptions() {
        return new TranscriptionDialect("/audio/transcriptions");
    }

    @Singleton
    @Named("translations")
    TranscriptionDialect translations() {
        return new TranscriptionDialect("/audio/translations");
    }
}
