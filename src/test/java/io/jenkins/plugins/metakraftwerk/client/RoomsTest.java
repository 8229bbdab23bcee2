package io.jenkins.plugins.metakraftwerk.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rooms that need no Jenkins know none, and arrows go one way. */
class RoomsTest {

    private static final String CLIENT = "io.jenkins.plugins.metakraftwerk.client..";
    private static final String DEPLOY = "io.jenkins.plugins.metakraftwerk.deploy..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jenkins.plugins.metakraftwerk.client", "io.jenkins.plugins.metakraftwerk.deploy");

    @Test
    void theyAreLookedAt() {
        assertThat(CLASSES.contain(MetaKraftwerkClient.class)).isTrue();
        assertThat(CLASSES.contain("io.jenkins.plugins.metakraftwerk.deploy.DeploymentRun"))
                .isTrue();
    }

    @Test
    void clientAndDeployKnowNoJenkins() {
        noClasses()
                .that()
                .resideInAnyPackage(CLIENT, DEPLOY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jenkins..", "hudson..", "org.kohsuke..", "org.jenkinsci..", "com.cloudbees..")
                .check(CLASSES);
    }

    @Test
    void clientDoesNotKnowDeploy() {
        noClasses()
                .that()
                .resideInAPackage(CLIENT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(DEPLOY)
                .check(CLASSES);
    }

    @Test
    void onlyTheClientSpeaksHttpAndJson() {
        noClasses()
                .that()
                .resideInAPackage(DEPLOY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "com.fasterxml..")
                .check(CLASSES);
    }
}
