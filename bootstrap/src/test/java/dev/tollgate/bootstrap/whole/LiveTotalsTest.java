package dev.tollgate.bootstrap.whole;

import dev.tollgate.bootstrap.server.WholeServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class LiveTotalsTest extends LiveTotalsChecks {
    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    @Override
    WholeServer server() {
        return SERVER;
    }
}
