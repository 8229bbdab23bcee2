package io.jenkins.plugins.metakraftwerk.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rooms that need no Jenkins know none. */
class RoomsTest {

    private static final String HOUSE = "io.jenkins.plugins.metakraftwerk.";
    private static final String CLIENT = HOUSE + "client";
    private static final String STORE = HOUSE + "store";
    private static final String DEPLOY = HOUSE + "deploy";
    private static final String WATCH = HOUSE + "watch";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(CLIENT, STORE, DEPLOY, WATCH);

    @Test
    void theyAreLookedAt() {
        assertThat(List.of(
                        CLIENT + ".MetaKraftwerkClient",
                        STORE + ".Journal",
                        DEPLOY + ".DeploymentRun",
                        WATCH + ".BuildWatcher"))
                .allMatch(CLASSES::contain);
    }

    @Test
    void theyKnowNoJenkins() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jenkins..", "hudson..", "org.kohsuke..", "org.jenkinsci..", "com.cloudbees..")
                .check(CLASSES);
    }

    @Test
    void onlyTheClientSpeaksHttpAndJson() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLIENT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "com.fasterxml..")
                .check(CLASSES);
    }
}
