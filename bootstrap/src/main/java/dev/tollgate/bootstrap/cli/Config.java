package dev.tollgate.bootstrap.cli;

import dev.tollgate.bootstrap.gateway.Installation;
import dev.tollgate.bootstrap.settings.GatewaySetting;
import dev.tollgate.bootstrap.settings.GatewaySettings;
import dev.tollgate.bootstrap.settings.StartRefused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code config check}. */
@Command(name = "config", description = "Looks at the settings.", mixinStandardHelpOptions = true)
final class Config implements Runnable {
    private static final String PREFIX = "TOLLGATE_";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "check what? config check");
    }

    @Command(
            name = "check",
            description = "Says what is wrong with the settings, by name, and exits 1 if anything is.",
            mixinStandardHelpOptions = true)
    int check() {
        List<String> faults = new ArrayList<>();
        try {
            GatewaySettings unused = Installation.check(Map.of());
        } catch (StartRefused refused) {
            faults.addAll(refused.reasons());
        }
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith(PREFIX))
                .filter(name -> Arrays.stream(GatewaySetting.values())
                        .noneMatch(setting -> setting.variable().equals(name)))
                .sorted()
                .forEach(name -> faults.add(name + " is not a setting"));
        faults.forEach(fault -> spec.commandLine().getErr().println("tollgate: " + fault));
        if (faults.isEmpty()) {
            spec.commandLine().getOut().println("the settings are in order");
            return ExitCode.OK;
        }
        return ExitCode.SOFTWARE;
    }
}
