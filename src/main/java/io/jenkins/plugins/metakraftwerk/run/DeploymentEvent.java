package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.Bounded;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import java.util.List;

/**
 * How an attempt of a Jenkins build to deploy has ended. Nothing of it is a secret.
 *
 * @param owner identifies the attempt; it is told again, with the same outcome, where a crash came between
 * @param job the full name of the job when the attempt ended, or later
 * @param number of the Jenkins build
 * @param users the ids of those who started it, or what started it
 * @param record what the server has of it; null where the attempt failed or its outcome is unknown
 * @param buildName the name of the MetaKraftwerk build; null where it was not read
 * @param outcome {@code CREATED}, {@code ADOPTED}, {@code SKIPPED}, {@code FAILED} or {@code UNKNOWN}
 * @param reason why there is no record; null where there is one
 * @param time when the outcome was known, in milliseconds since 1970
 */
public record DeploymentEvent(
        String owner,
        String job,
        int number,
        List<String> users,
        Request request,
        @CheckForNull BuildDeployment record,
        @CheckForNull String buildName,
        String outcome,
        @CheckForNull String reason,
        long time) {

    public DeploymentEvent {
        job = Bounded.of(job);
        users = users == null ? List.of() : Bounded.names(users);
        buildName = Bounded.of(buildName);
        reason = Bounded.reason(reason);
    }

    /**
     * What was asked for, where, and in whose name; null where it was not given.
     *
     * @param server the name of the server when the attempt began
     * @param serverUrl in its normal form
     * @param credentialsId null where none was lent to a job that did not name it
     * @param origin who named the credential: {@code STEP}, {@code FOLDER} or {@code SERVER}; null where that is
     * @param step the function name of the step or the symbol of the builder
     */
    public record Request(
            long buildId,
            String pattern,
            Long patternId,
            String deployment,
            Long deploymentId,
            String agent,
            Long agentId,
            String agentGroup,
            Long agentGroupId,
            String server,
            String serverUrl,
            String credentialsId,
            String origin,
            String step) {

        public Request {
            pattern = Bounded.of(pattern);
            deployment = Bounded.of(deployment);
            agent = Bounded.of(agent);
            agentGroup = Bounded.of(agentGroup);
            server = Bounded.of(server);
            serverUrl = Bounded.of(serverUrl);
            credentialsId = Bounded.of(credentialsId);
        }

        private static Request of(AskedDeployment asked) {
            return new Request(
                    asked.buildId,
                    name(asked.pattern, asked.patternId),
                    asked.patternId,
                    name(asked.deployment, asked.deploymentId),
                    asked.deploymentId,
                    name(asked.agent, asked.agentId),
                    asked.agentId,
                    name(asked.agentGroup, asked.agentGroupId),
                    asked.agentGroupId,
                    asked.server,
                    asked.serverUrl,
                    asked.credentialsId,
                    asked.credentialOrigin,
                    asked.step);
        }

        private static String name(String label, Long id) {
            return id == null ? label : null;
        }
    }

    static DeploymentEvent of(Run<?, ?> run, RecordedDeployment entry) {
        return new DeploymentEvent(
                entry.owner(),
                run.getParent().getFullName(),
                run.getNumber(),
                Starters.of(run),
                Request.of(entry.asked()),
                entry.record(),
                entry.getBuildName(),
                entry.getOutcome(),
                entry.getReason(),
                entry.getTime());
    }

    /** The same of a job that is called so now. */
    DeploymentEvent of(String newJob) {
        return newJob != null && Bounded.of(newJob).equals(job)
                ? this
                : new DeploymentEvent(owner, newJob, number, users, request, record, buildName, outcome, reason, time);
    }

    /** The same for what is told again. */
    String key() {
        return owner + " " + outcome;
    }
}
