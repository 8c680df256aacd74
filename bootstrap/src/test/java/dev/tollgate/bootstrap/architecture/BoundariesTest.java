package dev.tollgate.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.InstantSource;

@AnalyzeClasses(packages = "dev.tollgate", importOptions = ProductionCode.class)
class BoundariesTest {
    private static final String DOMAIN = "dev.tollgate.domain..";
    private static final String APPLICATION = "dev.tollgate.application..";
    private static final String[] ADAPTERS = {
        "dev.tollgate.web..", "dev.tollgate.persistence..", "dev.tollgate.upstream.."
    };
    private static final String JSPECIFY = "org.jspecify.annotations..";

    @ArchTest
    static final ArchRule the_domain_knows_the_jdk_and_itself = classes()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    DOMAIN, "java.lang..", "java.math..", "java.nio.charset..", "java.time..", "java.util..", JSPECIFY)
            .because("other programs on the JVM price and decide with this jar, and should have to take nothing else");

    @ArchTest
    static final ArchRule the_domain_is_told_the_time = noClasses()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .callMethodWhere(describe("it asks a clock", BoundariesTest::asksAClock))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class)
            .because("a test, or a replay, must be able to choose the instant");

    @ArchTest
    static final ArchRule the_application_knows_no_framework = classes()
            .that()
            .resideInAPackage(APPLICATION)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(APPLICATION, DOMAIN, "java..", JSPECIFY)
            .because("a use case reads as the business tells it, and outlives the framework of the day");

    @ArchTest
    static final ArchRule adapters_see_ports_not_services = noClasses()
            .that()
            .resideInAnyPackage(ADAPTERS)
            .should()
            .dependOnClassesThat(describe(
                    "are services of the application",
                    type -> type.getPackageName().startsWith("dev.tollgate.application")
                            && type.getSimpleName().endsWith("Service")))
            .because("only the wiring may know who does the work");

    @ArchTest
    static final ArchRule adapters_do_not_see_one_another = slices().matching(
                    "dev.tollgate.(web|persistence|upstream)..")
            .should()
            .notDependOnEachOther()
            .because("a surface, a store and a platform must each be replaceable alone");

    @ArchTest
    static final ArchRule adapters_do_not_see_the_wiring = noClasses()
            .that()
            .resideInAnyPackage(ADAPTERS)
            .or()
            .resideInAnyPackage(APPLICATION, DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tollgate.bootstrap..")
            .because("the program is put together in one place, from outside");

    @ArchTest
    static final ArchRule controllers_are_nobody_elses = classes()
            .that()
            .areAnnotatedWith("io.micronaut.http.annotation.Controller")
            .should()
            .bePackagePrivate()
            .because("an endpoint is called over HTTP; what others need of it belongs behind a port");

    @ArchTest
    static final ArchRule domain_features_form_no_cycle = slices().matching("dev.tollgate.domain.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a feature must be readable without those that build on it");

    @ArchTest
    static final ArchRule application_features_form_no_cycle = slices().matching("dev.tollgate.application.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a feature must be readable without those that build on it");

    @ArchTest
    static final ArchRule what_the_domain_holds_never_changes = fields().that()
            .areDeclaredInClassesThat()
            .resideInAPackage(DOMAIN)
            .should()
            .beFinal()
            .because("a value that two threads share, or that a record was written from, must stay what it was");

    private static boolean asksAClock(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        return switch (call.getName()) {
            case "now" -> owner.startsWith("java.time.");
            case "currentTimeMillis", "nanoTime" -> owner.equals("java.lang.System");
            default -> false;
        };
    }
}
