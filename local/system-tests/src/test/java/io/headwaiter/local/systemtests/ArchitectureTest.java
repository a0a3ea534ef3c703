package io.headwaiter.local.systemtests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;

/** The arrows between the modules: who may know whom. */
@AnalyzeClasses(packages = "io.headwaiter", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule schemas_know_nothing_of_ours_and_no_spring = noClasses()
            .that()
            .resideInAPackage("io.headwaiter.schemas..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.headwaiter.rules..",
                    "io.headwaiter.consumers..",
                    "io.headwaiter.worker..",
                    "io.headwaiter.gateway..",
                    "io.headwaiter.local..",
                    "org.springframework..");

    @ArchTest
    static final ArchRule rules_know_nothing_but_java = noClasses()
            .that()
            .resideInAPackage("io.headwaiter.rules..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.headwaiter.rules..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule rules_know_no_database = noClasses()
            .that()
            .resideInAPackage("io.headwaiter.rules..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule rules_have_no_clock_but_the_time_passed_in = noClasses()
            .that()
            .resideInAPackage("io.headwaiter.rules..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule what_consumers_have_in_common_knows_no_app_and_no_rules = noClasses()
            .that()
            .resideInAPackage("io.headwaiter.consumers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.headwaiter.rules..",
                    "io.headwaiter.worker..",
                    "io.headwaiter.gateway..",
                    "io.headwaiter.local..");

    @ArchTest
    static final ArchRule deciding_knows_nothing_of_kafka = noClasses()
            .that()
            .resideInAPackage("io.headwaiter.worker.deciding..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka.clients..",
                    "org.springframework.kafka..",
                    "io.headwaiter.consumers..",
                    "io.headwaiter.worker.requests..");

    @ArchTest
    static final ArchRule deciding_has_no_clock_but_the_databases = noClasses()
            .that()
            .resideInAPackage("io.headwaiter.worker..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule the_apps_do_not_know_each_other = noClasses()
            .that()
            .resideInAPackage("io.headwaiter.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.headwaiter.gateway..");

    @ArchTest
    static final ArchRule the_gateway_does_not_know_the_worker = noClasses()
            .that()
            .resideInAPackage("io.headwaiter.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.headwaiter.worker..");

    @ArchTest
    static final ArchRule no_app_knows_the_local_tools = noClasses()
            .that()
            .resideInAnyPackage("io.headwaiter.worker..", "io.headwaiter.gateway..", "io.headwaiter.rules..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.headwaiter.local..");

    /** What it can do anybody can. */
    @ArchTest
    static final ArchRule the_example_of_a_consumer_knows_the_contracts_only = noClasses()
            .that()
            .resideInAPackage("io.headwaiter.notifications..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.headwaiter..")
                    .and(not(resideInAnyPackage("io.headwaiter.notifications..", "io.headwaiter.schemas.."))));

    @ArchTest
    static final ArchRule nobody_knows_the_example = noClasses()
            .that()
            .resideOutsideOfPackage("io.headwaiter.notifications..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.headwaiter.notifications..");
}
