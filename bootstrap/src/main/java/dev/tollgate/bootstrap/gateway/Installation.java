package dev.tollgate.bootstrap.gateway;

import dev.tollgate.application.identity.FirstAdmin;
import dev.tollgate.application.usage.RecoverUsage;
import dev.tollgate.bootstrap.settings.GatewaySetting;
import dev.tollgate.bootstrap.settings.GatewaySettings;
import dev.tollgate.bootstrap.settings.StartRefused;
import dev.tollgate.bootstrap.wiring.ShippedPrices;
import dev.tollgate.persistence.sql.Migrations;
import dev.tollgate.persistence.sql.ServerTerms;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.BeanInstantiationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An installation's stores with everything that is wired on them, held by this process, before anything is served. */
public final class Installation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");

    /** What is derived stands above what it was derived from. */
    private static final int ABOVE_ALL = 1000;

    private final GatewaySettings settings;
    private final DataFolder folder;
    private final ApplicationContext context;
    private @Nullable String firstPassword;

    private Installation(GatewaySettings settings, DataFolder folder, ApplicationContext context) {
        this.settings = settings;
        this.folder = folder;
        this.context = context;
    }

    /**
     * Opens the stores that the settings name and changes nothing in them.
     *
     * @param properties settings that stand above the environment's, for tests
     * @throws StartRefused for a bad setting, or a store that cannot be had
     */
    public static Installation open(Map<String, Object> properties) {
        ApplicationContext context = unstarted(properties);
        Environment environment = context.getEnvironment().start();
        GatewaySettings settings = read(environment);
        DataFolder folder = DataFolder.take(settings.dataDir());
        try {
            environment.addPropertySource(
                    PropertySource.of("tollgate-derived", DerivedProperties.of(settings), ABOVE_ALL));
            context.registerSingleton(settings);
            return new Installation(settings, folder, started(context));
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Looks at the settings only. @throws StartRefused as {@link #open} would for them */
    public static GatewaySettings check(Map<String, Object> properties) {
        try (ApplicationContext context = unstarted(properties)) {
            return read(context.getEnvironment().start());
        }
    }

    private static ApplicationContext unstarted(Map<String, Object> properties) {
        return ApplicationContext.builder()
                .properties(properties)
                .banner(false)
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .build();
    }

    private static GatewaySettings read(Environment environment) {
        return GatewaySettings.read(
                property -> environment.getProperty(property, String.class).orElse(null));
    }

    private static ApplicationContext started(ApplicationContext context) {
        try {
            return context.start();
        } catch (BeanInstantiationException e) {
            throw StoreFaults.refusal(e);
        }
    }

    /**
     * Brings the stores to where a gateway can work on them.
     *
     * @throws StartRefused if they cannot be brought there
     */
    public void prepare() {
        prepare(settings.isOn(GatewaySetting.MIGRATE_ON_START));
    }

    /** As {@link #prepare}, with the migrations that are missing also where a start is told not to apply them. */
    public void migrateAndPrepare() {
        prepare(true);
    }

    private void prepare(boolean migrates) {
        try {
            requireTerms();
            if (migrates) {
                migrate();
            } else {
                requireMigrated();
            }
            bean(Identity.class).require();
            bean(ShippedPrices.class).seed();
        } catch (RuntimeException e) {
            throw StoreFaults.refusal(e);
        }
    }

    private void requireTerms() {
        List<String> faults = bean(ServerTerms.class).faults();
        if (!faults.isEmpty()) {
            throw new StartRefused(faults);
        }
        bean(ServerTerms.class).warnings().forEach(LOG::warn);
    }

    private void migrate() {
        List<Migrations.Migration> applied = bean(Migrations.class).apply();
        applied.forEach(migration -> LOG.info("migrated to {}: {}", migration.version(), migration.description()));
    }

    private void requireMigrated() {
        List<String> missing = bean(Migrations.class).pending().stream()
                .map(migration -> migration.version() + " " + migration.description())
                .toList();
        if (!missing.isEmpty()) {
            throw new StartRefused("the schema lacks " + String.join(", ", missing)
                    + ": apply them with the command migrate, or set "
                    + GatewaySetting.MIGRATE_ON_START.variable() + " to true");
        }
    }

    /**
     * Makes the admin if there is none.
     *
     * @param told is told a generated password at once, before anything else can fail: it is never told again
     */
    void makeFirstAdmin(Consumer<String> told) {
        Optional<String> generated = bean(FirstAdmin.class).createIfNone(settings.find(GatewaySetting.ADMIN_PASSWORD));
        generated.ifPresent(told);
        firstPassword = generated.orElse(null);
    }

    /**
     * Brings into the database what the last gateway on this folder left in its journal.
     *
     * @throws StartRefused if the journal is damaged
     */
    public void recover() {
        RecoverUsage.Recovered recovered = bean(RecoverUsage.class).recover();
        if (recovered.settled() + recovered.orphans() > 0) {
            LOG.info(
                    "recovered from the journal: {} calls that had ended and {} that had not",
                    recovered.settled(),
                    recovered.orphans());
        }
    }

    /** The first admin's password if it was generated by {@link #makeFirstAdmin}. */
    Optional<String> firstPassword() {
        return Optional.ofNullable(firstPassword);
    }

    GatewaySettings settings() {
        return settings;
    }

    public ApplicationContext context() {
        return context;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        try {
            context.close();
        } finally {
            folder.close();
        }
    }
}
