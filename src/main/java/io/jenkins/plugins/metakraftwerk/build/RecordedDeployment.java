package io.jenkins.plugins.metakraftwerk.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import java.util.Date;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a build remembers of one deployment. Nothing of it is a secret; names are as the job gave them, cleaned. */
@ExportedBean(defaultVisibility = 3)
@Restricted(NoExternalUse.class)
public final class RecordedDeployment {

    private final long id;
    private final long buildId;
    private final String pattern;
    private final Long patternId;
    private final String deployment;
    private final Long deploymentId;
    private final String agent;
    private final Long agentId;
    private final String agentGroup;
    private final Long agentGroupId;
    private final String server;
    private final String serverUrl;
    private final long time;
    private final String step;
    private final DeploymentResult.Origin origin;

    /**
     * @param serverUrl http or https
     * @param step the function name of the step or the symbol of the builder: the same in every language
     */
    public RecordedDeployment(
            DeploymentPlan plan, DeploymentResult result, String server, String serverUrl, String step, Date time) {
        BuildDeployment record = result.record();
        id = record.id();
        buildId = record.buildId();
        pattern = plan.request().patternLabel();
        patternId = record.patternId();
        deployment = plan.request().deploymentLabel();
        deploymentId = record.deploymentId();
        agent = plan.request().agentLabel();
        agentId = record.agentId();
        agentGroup = plan.request().agentGroupLabel();
        agentGroupId = record.agentGroupId();
        this.server = server;
        this.serverUrl = serverUrl;
        this.time = time.getTime();
        this.step = step;
        origin = result.origin();
    }

    @Exported
    public long getId() {
        return id;
    }

    @Exported
    public long getBuildId() {
        return buildId;
    }

    @Exported
    public String getPattern() {
        return pattern;
    }

    @Exported
    @CheckForNull
    public Long getPatternId() {
        return patternId;
    }

    @Exported
    public String getDeployment() {
        return deployment;
    }

    @Exported
    @CheckForNull
    public Long getDeploymentId() {
        return deploymentId;
    }

    /** The agent that the job named, or null. */
    @Exported
    @CheckForNull
    public String getAgent() {
        return agent;
    }

    /** The agent group that the job named, or null. */
    @Exported
    @CheckForNull
    public String getAgentGroup() {
        return agentGroup;
    }

    @Exported
    @CheckForNull
    public Long getAgentId() {
        return agentId;
    }

    @Exported
    @CheckForNull
    public Long getAgentGroupId() {
        return agentGroupId;
    }

    @Exported
    public String getServer() {
        return server;
    }

    @Exported
    public String getServerUrl() {
        return serverUrl;
    }

    /** When the outcome was known, in milliseconds since 1970. */
    @Exported
    public long getTime() {
        return time;
    }

    public Date getDate() {
        return new Date(time);
    }

    @Exported
    public String getStep() {
        return step;
    }

    /** {@code CREATED}, {@code ADOPTED} or {@code SKIPPED}. */
    @Exported
    public String getOrigin() {
        return origin.name();
    }

    /** The origin in the reader's language. */
    public String getOutcome() {
        return switch (origin) {
            case CREATED -> Messages.outcome_created();
            case ADOPTED -> Messages.outcome_adopted();
            case SKIPPED -> Messages.outcome_skipped();
        };
    }
}
