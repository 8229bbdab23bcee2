package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.model.User;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** The two kinds of jobs that deploy, for tests that hold for both. */
enum Deploying {
    FREESTYLE {
        @Override
        Job<?, ?> create(ModifiableTopLevelItemGroup parent, Map<String, String> fields) throws Exception {
            FreeStyleProject job = item(parent, FreeStyleProject.class);
            job.getBuildersList().add(DescribableModel.of(DeployBuilder.class).instantiate(fields, null));
            return job;
        }
    },
    PIPELINE {
        @Override
        Job<?, ?> create(ModifiableTopLevelItemGroup parent, Map<String, String> fields) throws Exception {
            String arguments = fields.entrySet().stream()
                    .map(field -> field.getKey() + ": '" + field.getValue() + "'")
                    .collect(Collectors.joining(", "));
            WorkflowJob job = item(parent, WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition("mkDeploy(" + arguments + ")", true));
            return job;
        }
    };

    abstract Job<?, ?> create(ModifiableTopLevelItemGroup parent, Map<String, String> fields) throws Exception;

    /** A job that deploys what every stand-in server knows. */
    Job<?, ?> job(ModifiableTopLevelItemGroup parent, Map<String, String> more) throws Exception {
        Map<String, String> fields = new HashMap<>(more);
        fields.putIfAbsent("buildId", String.valueOf(StandInDefaults.FINISHED_BUILD));
        fields.putIfAbsent("pattern", StandInDefaults.PATTERN);
        fields.putIfAbsent("deployment", StandInDefaults.DEV);
        return create(parent, fields);
    }

    /** A run that has been started. */
    static Run<?, ?> begin(Job<?, ?> job) throws Exception {
        Queue.Item queued = ParameterizedJobMixIn.scheduleBuild2(job, 0);
        assertThat(queued).isNotNull();
        return (Run<?, ?>) queued.getFuture().getStartCondition().get(60, TimeUnit.SECONDS);
    }

    static Run<?, ?> run(JenkinsRule jenkins, Job<?, ?> job, Result expected) throws Exception {
        Run<?, ?> run = begin(job);
        jenkins.waitForCompletion(run);
        return jenkins.assertBuildStatus(expected, run);
    }

    /** From now on that job, and no other, runs as somebody. */
    static void runAs(Item job, String user) {
        var authenticators = QueueItemAuthenticatorConfiguration.get().getAuthenticators();
        authenticators.clear();
        authenticators.add(new MockQueueItemAuthenticator()
                .authenticate(job.getFullName(), User.getById(user, true).impersonate2()));
    }

    private static <T extends Job<?, ?> & TopLevelItem> T item(ModifiableTopLevelItemGroup parent, Class<T> type)
            throws Exception {
        var descriptor = (TopLevelItemDescriptor) Jenkins.get().getDescriptorOrDie(type);
        return type.cast(parent.createProject(descriptor, "job-" + UUID.randomUUID(), true));
    }
}
