package dev.tollgate.upstream;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.account.Probes;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.upstream.http.Fetched;
import dev.tollgate.upstream.http.HttpCall;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.util.Map;

/** Asks providers for their list of models. */
public final class HttpProbes implements Probes {
    /** The longest list there is, that of a market of all makers' models, has under one million. */
    private static final int BYTES_MAX = 8 << 20;

    private final UpstreamHttp http;
    private final Map<AccountType, Platform> platforms;

    public HttpProbes(UpstreamHttp http, Map<AccountType, Platform> platforms) {
        this.http = http;
        this.platforms = Map.copyOf(platforms);
    }

    @Override
    public boolean isLetIn(AccountType type, Connection connection) {
        Platform platform = platforms.get(type);
        try {
            HttpCall call = platform == null ? null : platform.probe(connection);
            return call != null
                    && http.fetch(call, BYTES_MAX, TIME_MAX) instanceof Fetched.Answered answered
                    && answered.isSuccess();
        } catch (IllegalArgumentException unusable) { // an address or a header that cannot be put on the wire
            return false;
        }
    }
}
