package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Fields of a step or builder that decide what a run does, as they were given. A plain class, since Pipeline serialises
 * it with a library of its own.
 */
public final class DeploymentFields implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Wait in minutes if {@code waitMinutes} is not given. */
    public static final int DEFAULT_WAIT_MINUTES = 60;

    /** Upper limit of {@code waitMinutes}: a week, which is longer than any build takes. */
    public static final int MOST_WAIT_MINUTES = 10_080;

    private final String buildId;
    private String pattern;
    private String patternId;
    private String deployment;
    private String deploymentId;
    private String agent;
    private String agentId;
    private String agentGroup;
    private String agentGroupId;
    private Boolean skipIfDeployed;
    private boolean waitForBuild;
    private Integer waitMinutes;
    private boolean sendAfterUnknown;

    /** Begins with the only field that is always required. All others are null or false until they are set. */
    public DeploymentFields(String buildId) {
        this.buildId = buildId;
    }

    public DeploymentFields pattern(String name, String id) {
        pattern = name;
        patternId = id;
        return this;
    }

    public DeploymentFields deployment(String name, String id) {
        deployment = name;
        deploymentId = id;
        return this;
    }

    public DeploymentFields agent(String name, String id) {
        agent = name;
        agentId = id;
        return this;
    }

    public DeploymentFields agentGroup(String name, String id) {
        agentGroup = name;
        agentGroupId = id;
        return this;
    }

    /** @param value null if it was not given, which differs from false, see {@link DeploymentPlan#skipIfDeployed} */
    public DeploymentFields skipIfDeployed(Boolean value) {
        skipIfDeployed = value;
        return this;
    }

    /** @param minutes null if not given */
    public DeploymentFields waiting(boolean forBuild, Integer minutes) {
        waitForBuild = forBuild;
        waitMinutes = minutes;
        return this;
    }

    public DeploymentFields sendAfterUnknown(boolean value) {
        sendAfterUnknown = value;
        return this;
    }

    /**
     * Returns the fields that name build, target and agent, by the names that scripts use. A value is null if it was
     * not given.
     */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("buildId", buildId);
        texts.put("pattern", pattern);
        texts.put("patternId", patternId);
        texts.put("deployment", deployment);
        texts.put("deploymentId", deploymentId);
        texts.put("agent", agent);
        texts.put("agentId", agentId);
        texts.put("agentGroup", agentGroup);
        texts.put("agentGroupId", agentGroupId);
        return texts;
    }

    /** Returns the fields with each text replaced by its meaning. */
    public DeploymentFields with(UnaryOperator<String> meaning) {
        return new DeploymentFields(meaning.apply(buildId))
                .pattern(meaning.apply(pattern), meaning.apply(patternId))
                .deployment(meaning.apply(deployment), meaning.apply(deploymentId))
                .agent(meaning.apply(agent), meaning.apply(agentId))
                .agentGroup(meaning.apply(agentGroup), meaning.apply(agentGroupId))
                .skipIfDeployed(skipIfDeployed)
                .waiting(waitForBuild, waitMinutes)
                .sendAfterUnknown(sendAfterUnknown);
    }

    /** Parses minutes; empty if the text is no whole number from 1 to {@value #MOST_WAIT_MINUTES}. */
    public static OptionalInt minutes(String text) {
        String digits = text.strip();
        return digits.matches("[0-9]{1,9}") && isInRange(Integer.parseInt(digits))
                ? OptionalInt.of(Integer.parseInt(digits))
                : OptionalInt.empty();
    }

    /** Returns the complaint about a value that cannot be {@code waitMinutes}. */
    public static Text noMinutes(String value) {
        return Text.forKey(
                "field.noMinutes", Text.forKey(Text.FIELD, "waitMinutes"), MOST_WAIT_MINUTES, RemoteText.name(value));
    }

    /**
     * Creates the plan of a run.
     *
     * @param serverLabel the name of the server in the log
     * @param retryLimit the time in total for which the run tries again
     * @throws MetaKraftwerkException as {@link #request}
     */
    public DeploymentPlan plan(String serverLabel, Duration retryLimit) throws MetaKraftwerkException {
        return new DeploymentPlan(
                request(), serverLabel, skipIfDeployed, waitForBuild, sendAfterUnknown, waitLimit(), retryLimit);
    }

    /** Returns the state in which a run of these fields begins. */
    public DeploymentState initialState(Instant now) {
        return DeploymentState.initial(waitForBuild, waitLimit(), now);
    }

    private Duration waitLimit() {
        return Duration.ofMinutes(waitMinutes == null ? DEFAULT_WAIT_MINUTES : waitMinutes);
    }

    /**
     * Creates the request that these fields describe.
     *
     * @throws MetaKraftwerkException not sent, with a message that names every field that breaks a rule
     */
    public DeploymentRequest request() throws MetaKraftwerkException {
        Text wrongWait = wrongWait();
        DeploymentRequest parsed;
        try {
            parsed = DeploymentRequest.parse(
                    buildId, pattern, patternId, deployment, deploymentId, agent, agentId, agentGroup, agentGroupId);
        } catch (MetaKraftwerkException e) {
            throw wrongWait == null ? e : e.with(Text.forKey("fields.several", wrongWait, e.text()));
        }
        if (wrongWait != null) {
            throw MetaKraftwerkException.refusedLocally(Text.forKey("fields", wrongWait));
        }
        return parsed;
    }

    private Text wrongWait() {
        if (waitMinutes == null) {
            return null;
        }
        if (!isInRange(waitMinutes)) {
            return noMinutes(waitMinutes.toString());
        }
        return waitForBuild || Boolean.TRUE.equals(skipIfDeployed) ? null : Text.forKey("field.waitsForNothing");
    }

    private static boolean isInRange(int minutes) {
        return minutes >= 1 && minutes <= MOST_WAIT_MINUTES;
    }
}
