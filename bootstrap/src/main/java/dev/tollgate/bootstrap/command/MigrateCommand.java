package dev.tollgate.bootstrap.command;

import dev.tollgate.bootstrap.demo.DemoData;
import dev.tollgate.persistence.sql.Migrations;
import dev.tollgate.persistence.sql.Migrations.Migration;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code migrate}: shows the schema's migrations, previews or applies those that are missing. */
@Singleton
@Named(MigrateCommand.NAME)
final class MigrateCommand implements StoreCommand {
    static final String NAME = "migrate";
    static final String LIST = "list";
    static final String DRY_RUN = "dry-run";

    static final String SEED = "seed";

    private final Migrations migrations;
    private final BeanProvider<DemoData> demoData;

    /** @param demoData asked for only when the schema is there */
    MigrateCommand(Migrations migrations, BeanProvider<DemoData> demoData) {
        this.migrations = migrations;
        this.demoData = demoData;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Report run(Set<String> options, byte[] input) {
        if (options.contains(LIST)) {
            return Report.done(
                    migrations.list().stream().map(MigrateCommand::shown).toList());
        }
        if (options.contains(SEED)) {
            List<Migration> unused = migrations.apply();
            return seeded(demoData.get().add());
        }
        return options.contains(DRY_RUN)
                ? told(
                        "would apply ",
                        migrations.list().stream()
                                .filter(migration -> migration.appliedAt() == null)
                                .toList())
                : told("applied ", migrations.apply());
    }

    private static Report told(String what, List<Migration> those) {
        return those.isEmpty()
                ? Report.done("the schema is up to date")
                : Report.done(
                        those.stream().map(migration -> what + title(migration)).toList());
    }

    private static Report seeded(Optional<DemoData.Added> added) {
        if (added.isEmpty()) {
            return Report.done("the demonstration data is there already");
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                "added demonstration data with " + added.get().calls() + " calls; its keys and codes, shown only now:");
        added.get().keys().forEach((name, text) -> lines.add(name + " " + text));
        added.get().codes().forEach((name, text) -> lines.add(name + " " + text));
        return Report.done(lines);
    }

    private static String shown(Migration migration) {
        return title(migration)
                + (migration.appliedAt() == null ? ": not applied" : ": applied at " + migration.appliedAt());
    }

    private static String title(Migration migration) {
        return migration.version() + " " + migration.description();
    }
}
