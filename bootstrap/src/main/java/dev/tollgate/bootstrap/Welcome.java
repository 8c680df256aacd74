package dev.tollgate.bootstrap;

import dev.tollgate.bootstrap.gateway.Gateway;
import java.io.PrintWriter;

/** What a newcomer reads when the gateway is up. */
final class Welcome {
    private Welcome() {}

    static void print(Gateway gateway, PrintWriter out) {
        out.printf("Tollgate is ready at %s%n", gateway.uri());
        gateway.firstPassword()
                .ifPresent(password -> out.printf(
                        """

                This is the first start. Sign in as admin with the password

                    %2$s

                which is shown only now. Change it soon; this signs in:

                    curl -s %1$s/api/auth/login -H 'content-type: application/json' \\
                      -d '{"username":"admin","password":"%2$s"}'

                Data: %3$s   Metrics: %4$s/prometheus
                """, gateway.uri(), password, gateway.settings().dataDir(), gateway.managementUri()));
        out.flush();
    }
}
