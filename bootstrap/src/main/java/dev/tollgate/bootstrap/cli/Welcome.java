package dev.tollgate.bootstrap.cli;

import dev.tollgate.bootstrap.demo.DemoData;
import dev.tollgate.bootstrap.gateway.Gateway;
import java.io.PrintWriter;

/** What a newcomer reads when the gateway is up. */
final class Welcome {
    private Welcome() {}

    /** Said as soon as there is an admin: the start may still fail, and the next one cannot say it again. */
    static void printPassword(String password, PrintWriter out) {
        out.printf("""

                This is the first start. Sign in as admin with the password

                    %s

                which is shown only now. Change it soon.

                """, password);
        out.flush();
    }

    static void print(Gateway gateway, PrintWriter out) {
        out.printf("Tollgate is ready at %s%n", gateway.uri());
        gateway.firstPassword()
                .ifPresent(password -> out.printf(
                        """

                This signs the admin in:

                    curl -s %1$s/api/auth/login -H 'content-type: application/json' \\
                      -d '{"username":"admin","password":"%2$s"}'

                Data: %3$s   Metrics: %4$s/prometheus
                """, gateway.uri(), password, gateway.settings().dataDir(), gateway.managementUri()));
        out.flush();
    }

    static void printDemo(Gateway gateway, DemoData.Added added, PrintWriter out) {
        String key = added.keys().values().iterator().next();
        out.printf(
                """

                This is a demonstration with %3$d calls behind it; everything is thrown away at the end (Ctrl-C).
                A call, streamed from a provider inside this process:

                    curl -N %1$s/v1/chat/completions -H 'authorization: Bearer %2$s' \\
                      -H 'content-type: application/json' \\
                      -d '{"model":"gpt-5.4-mini","stream":true,"messages":[{"role":"user","content":"Hello, who pays for this?"}]}'

                What it cost, to the billionth of a dollar:

                    token=$(curl -s %1$s/api/auth/login -H 'content-type: application/json' \\
                      -d '{"username":"admin","password":"%4$s"}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
                    curl -s '%1$s/api/admin/usage/records?limit=1' -H "authorization: Bearer $token"
                """, gateway.uri(), key, added.calls(), gateway.firstPassword().orElse("the admin's password"));
        out.flush();
    }
}
