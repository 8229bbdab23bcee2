package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.history.LastDeployment;
import io.jenkins.plugins.metakraftwerk.run.JenkinsBuild;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * Last deployment of this Jenkins at a target, as scripts see it. All of it comes from the history of this Jenkins,
 * nothing from the server. A value that does not apply or is unknown is null.
 */
public final class DeployedResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String server;
    private final String serverUrl;
    private final String pattern;
    private final Long patternId;
    private final String deployment;
    private final Long deploymentId;
    private final Long buildId;
    private final String buildName;
    private final Long buildDeploymentId;
    private final String agent;
    private final String agentGroup;
    private final String outcome;
    private final String credentialsId;
    private final String origin;
    private final long deployedAt;
    private final ArrayList<String> users;
    private final JenkinsBuild jenkinsBuild;
    private final DeployedResult previous;

    private DeployedResult(AttemptRecord entry, @CheckForNull AttemptRecord before) {
        server = entry.server();
        serverUrl = entry.serverUrl();
        pattern = entry.pattern();
        patternId = entry.patternId();
        deployment = entry.deployment();
        deploymentId = entry.deploymentId();
        buildId = entry.buildId();
        buildName = entry.buildName();
        buildDeploymentId = entry.buildDeploymentId();
        agent = entry.agentLabel();
        agentGroup = entry.agentGroupLabel();
        outcome = entry.outcome();
        credentialsId = entry.credentialsId();
        origin = entry.origin();
        deployedAt = entry.time();
        users = new ArrayList<>(entry.users());
        jenkinsBuild = entry.job() == null ? JenkinsBuild.HIDDEN : JenkinsBuild.forAttempt(entry);
        previous = before == null ? null : new DeployedResult(before, null);
    }

    static DeployedResult from(LastDeployment last) {
        return new DeployedResult(last.now(), last.previous());
    }

    @Whitelisted
    public String getServer() {
        return server;
    }

    /** Returns the normalized address of the server. Null if the build may not know the job. */
    @Whitelisted
    public String getServerUrl() {
        return serverUrl;
    }

    @Whitelisted
    public String getPattern() {
        return pattern;
    }

    @Whitelisted
    public Long getPatternId() {
        return patternId;
    }

    @Whitelisted
    public String getDeployment() {
        return deployment;
    }

    @Whitelisted
    public Long getDeploymentId() {
        return deploymentId;
    }

    @Whitelisted
    public Long getBuildId() {
        return buildId;
    }

    @Whitelisted
    public String getBuildName() {
        return buildName;
    }

    /** Returns the id of the record on the server. */
    @Whitelisted
    public Long getBuildDeploymentId() {
        return buildDeploymentId;
    }

    @Whitelisted
    public String getAgent() {
        return agent;
    }

    @Whitelisted
    public String getAgentGroup() {
        return agentGroup;
    }

    /**
     * Returns {@code CREATED}, {@code ADOPTED} (found after its response was lost) or {@code SKIPPED} (was there
     * already).
     */
    @Whitelisted
    public String getOutcome() {
        return outcome;
    }

    /** Returns the id of the credential. Null if the job may not know it, or the build may not know the job. */
    @Whitelisted
    public String getCredentialsId() {
        return credentialsId;
    }

    /**
     * Returns what named the credential: {@code STEP}, {@code FOLDER} or {@code SERVER}. Null if there is no id of one.
     */
    @Whitelisted
    public String getOrigin() {
        return origin;
    }

    /** Returns when this Jenkins learned of it, in UTC and ISO 8601. */
    @Whitelisted
    public String getDeployedAt() {
        return Instant.ofEpochMilli(deployedAt).toString();
    }

    /** Returns the ids of the users who started the Jenkins build. */
    @Whitelisted
    public List<String> getUsers() {
        return new ArrayList<>(users);
    }

    /** Returns the Jenkins build. Its values are null if the build may not know the job. */
    @Whitelisted
    public JenkinsBuild getJenkinsBuild() {
        return jenkinsBuild;
    }

    /**
     * Returns the deployment of another build before this one. Null if none is known. It has no {@code previous}
     * itself.
     */
    @Whitelisted
    public DeployedResult getPrevious() {
        return previous;
    }

    @Override
    public String toString() {
        return "Deployed[buildId=" + buildId + ", pattern=" + pattern + ", patternId=" + patternId + ", deployment="
                + deployment + ", deploymentId=" + deploymentId + ", deployedAt=" + getDeployedAt() + ", jenkinsBuild="
                + jenkinsBuild + "]";
    }
}
