package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * Attempt as the page of its own build shows it, with details that an overview leaves out. Its readers may read the
 * job.
 */
@ExportedBean(defaultVisibility = 3)
@Restricted(NoExternalUse.class)
public final class AttemptInBuild extends ShownAttempt {

    AttemptInBuild(AttemptRecord attempt, Run<?, ?> run) {
        super(TargetKey.from(attempt), attempt, JenkinsBuild.forRun(run));
    }

    /** Returns the name of the pattern, or its id if there is no name. */
    @Override
    public String getPattern() {
        return getPatternLabel();
    }

    @Override
    public String getDeployment() {
        return getDeploymentLabel();
    }

    /** Returns the id of the build deployment; null if there is none. */
    @Exported
    @CheckForNull
    public Long getId() {
        return getBuildDeploymentId();
    }

    @Override
    @Exported
    @CheckForNull
    public String getReason() {
        return super.getReason();
    }

    /** Returns the id of the agent in the record; if there is no record, the id that the job gave. */
    @Exported
    @CheckForNull
    public Long getAgentId() {
        BuildDeployment record = attempt().record();
        return record == null ? attempt().agentId() : record.agentId();
    }

    @Exported
    @CheckForNull
    public Long getAgentGroupId() {
        BuildDeployment record = attempt().record();
        return record == null ? attempt().agentGroupId() : record.agentGroupId();
    }

    @CheckForNull
    public Long getUploadId() {
        BuildDeployment record = attempt().record();
        return record == null ? null : record.uploadId();
    }

    @Exported
    public String getStep() {
        return attempt().step();
    }

    /** Returns the time when the outcome was known, in milliseconds since 1970. */
    @Override
    @Exported
    public long getTime() {
        return super.getTime();
    }

    /** Tells which credential was used and who named it, in the reader's language. */
    public String getCredentialText() {
        String id = getCredentialsId();
        if (id == null) {
            return Messages.credential_notLent();
        }
        return switch (String.valueOf(getOrigin())) {
            case "STEP" -> Messages.credential_ofStep(id);
            case "FOLDER" -> Messages.credential_ofFolder(id);
            case "SERVER" -> Messages.credential_ofServer(id);
            default -> id;
        };
    }
}
