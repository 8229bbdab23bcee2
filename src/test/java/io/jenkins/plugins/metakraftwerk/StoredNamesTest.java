package io.jenkins.plugins.metakraftwerk;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.model.Action;
import hudson.model.Describable;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;

/**
 * Names that stand in files of users: in the configuration of Jenkins, its jobs and builds, in stored programs of
 * Pipelines, in Jenkinsfiles. To change one is to break those files, or to owe them an alias.
 */
class StoredNamesTest {

    private static final String HOUSE = StoredNamesTest.class.getPackageName() + ".";

    /** What lies in a field of one that says of itself that it is stored, or in a journal. */
    private static final Set<String> WITHIN = Set.of(
            "deploy.AttemptRecord",
            "deploy.UnknownAttempt",
            "deploy.DeploymentState",
            "deploy.DeploymentResult",
            "deploy.AttemptSource",
            "client.DeploymentRequest",
            "deploy.LedgerLine",
            "client.BuildDeployment",
            "deploy.RequestKey",
            "builds.BuildFinishedCause",
            "builds.PollingLog$Entry",
            "watch.BuildMemory",
            "watch.FinishedBuild",
            "deploy.TargetKey",
            "history.HistoryLine");

    private static final Set<JavaClass> STORED = new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(StoredNamesTest.class.getPackageName())
                    .stream()
                    .filter(type -> !type.getPackageName().endsWith(".standin"))
                    .filter(StoredNamesTest::isStored)
                    .collect(Collectors.toSet());

    private static boolean isStored(JavaClass type) {
        boolean mayBe = Stream.of(Serializable.class, Action.class, Describable.class, GlobalConfiguration.class)
                .anyMatch(type::isAssignableTo);
        boolean within = WITHIN.contains(type.getName().substring(HOUSE.length()));
        return (mayBe || within)
                && !type.isEnum()
                && !type.isAnonymousClass()
                && !fields(type).isEmpty();
    }

    private static Set<String> fields(JavaClass type) {
        return type.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> !field.getModifiers().contains(JavaModifier.TRANSIENT))
                .map(JavaField::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String line(JavaClass type) {
        return type.getName().substring(HOUSE.length()) + ": " + String.join(" ", fields(type));
    }

    @Test
    void classesAndFields() {
        assertThat(STORED.stream().map(StoredNamesTest::line).sorted().collect(Collectors.joining("\n", "", "\n")))
                .isEqualTo("""
                        builds.BuildFinishedCause: buildId made name server
                        builds.BuildFinishedTrigger: credentialsId parameter pattern project server user
                        builds.BuildParameterDefinition: alsoRunning credentialsId defaultValue pattern project server
                        builds.BuildParameterValue: label
                        builds.FinishedBuildAction: buildId made server
                        builds.PollingLog$Entry: lines next time
                        builds.PollingLogAction: job
                        client.BuildDeployment: agentGroupId agentId buildId deploymentId id patternId uploadId
                        client.DeploymentRequest: agent agentGroup agentGroupId agentId buildId deployment deploymentId pattern patternId
                        client.MetaKraftwerkException: effect noSuchTarget retryAfter retryable serverMessage status text
                        client.Text: args key
                        deploy.AttemptRecord: agent agentGroup agentGroupId agentId buildId buildName credentialsId deleted deployment deploymentId fullDisplayName job noSuchTarget number origin outcome owner pattern patternId reason record saidBy server serverUrl span step time users
                        deploy.AttemptSource: credentialOrigin credentialsId folder server step
                        deploy.DeploymentFields: agent agentGroup agentGroupId agentId buildId deployment deploymentId pattern patternId sendAfterUnknown skipIfDeployed waitForBuild waitMinutes
                        deploy.DeploymentResult: buildName originName record
                        deploy.DeploymentState: above doubted refused result sawUnfinished stage until
                        deploy.LedgerLine: at attempt build job key kind now number record request run scope sent server source state
                        deploy.RequestKey: buildId deployment deploymentId pattern patternId server
                        deploy.ServerPin: name url
                        deploy.TargetKey: deployment pattern serverUrl
                        deploy.UnknownAttempt: adoptUntil baseline build buildName executor job key number overtaken owner sender until
                        freestyle.DeployBuilder: agent agentGroup agentGroupId agentId buildId credentialsId deployment deploymentId pattern patternId server skipIfDeployed waitForBuild waitMinutes
                        freestyle.DeploymentVariable: id
                        history.HistoryLine: attempt key
                        pipeline.BuildDeploymentResult: agent agentGroup agentGroupId agentId buildId buildName created deployment deploymentId id pattern patternId uploadId
                        pipeline.DeployedResult: agent agentGroup buildDeploymentId buildId buildName credentialsId deployedAt deployment deploymentId jenkinsBuild origin outcome pattern patternId previous server serverUrl users
                        pipeline.DeploymentCheckResult: lastDeployment problems warnings
                        pipeline.FoundBuild: buildEnd buildStart createdAt description id message name patternIds progress projectId releaseIds status userId
                        pipeline.MetaKraftwerkStepException: outcomeUnknown status
                        pipeline.MkCheckDeploymentStep: failOnProblems
                        pipeline.MkDeployExecution: enteredIn fields owner
                        pipeline.MkDeployStep: sendAfterUnknown
                        pipeline.MkDeployedExecution: serverUrl step
                        pipeline.MkDeployedStep: deployment deploymentId pattern patternId
                        pipeline.MkDeploymentStep: agent agentGroup agentGroupId agentId buildId skipIfDeployed waitForBuild waitMinutes
                        pipeline.MkFindBuildsStep: limit pattern patternId project projectId releases status user userId
                        pipeline.MkFindDeploymentsStep: buildId
                        pipeline.MkGetStep: id
                        pipeline.MkServerStep: server
                        pipeline.MkStep: credentialsId
                        pipeline.MkStepExecution: target
                        pipeline.MkTargetStep: deployment deploymentId pattern patternId
                        pipeline.ReadingExecution: step
                        run.JenkinsBuild: fullDisplayName path
                        server.MetaKraftwerkFolderProperty: credentials defaultServer
                        server.MetaKraftwerkGlobalConfiguration: auditFiles auditMegabytes defaultServer historyPerTarget historyTargets retrySeconds servers
                        server.MetaKraftwerkServer: allowedItems credentialsId frozen name url usageRestricted
                        server.ServerCredential: credentialsId server
                        server.Target: credentialsId folder origin server
                        watch.BuildMemory: fellAt filter floor highest noted off over server toStart unfinished
                        watch.FinishedBuild: id made name server since
                        """);
    }

    @Test
    void exceptionsThatScriptsImport() {
        assertThat(List.of("MetaKraftwerkStepException"))
                .allSatisfy(name -> assertThat(Class.forName(HOUSE + "pipeline." + name))
                        .isAssignableTo(hudson.AbortException.class));
    }

    @Test
    void symbols() {
        assertThat(new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages(StoredNamesTest.class.getPackageName())
                                .stream()
                                .filter(type -> type.isAnnotatedWith(Symbol.class))
                                .flatMap(type -> Stream.of(
                                        type.getAnnotationOfType(Symbol.class).value()))
                                .sorted())
                .containsExactly(
                        "lastMetaKraftwerkDeployment",
                        "metaKraftwerk",
                        // The parameter, and its value in the step 'build'.
                        "metaKraftwerkBuild",
                        "metaKraftwerkBuild",
                        "metaKraftwerkBuildFinished",
                        "metaKraftwerkDeploy",
                        "metaKraftwerkFolder");
    }
}
