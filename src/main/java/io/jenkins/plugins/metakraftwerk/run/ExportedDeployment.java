package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import java.time.Instant;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An attempt as the remote API of its build shows it: what the build remembers, and what an overview says of it. */
@ExportedBean(defaultVisibility = 3)
@Restricted(NoExternalUse.class)
public final class ExportedDeployment {

    private final RecordedDeployment recorded;
    private final Run<?, ?> run;

    ExportedDeployment(RecordedDeployment recorded, Run<?, ?> run) {
        this.recorded = recorded;
        this.run = run;
    }

    @Exported(merge = true)
    public RecordedDeployment getRecorded() {
        return recorded;
    }

    /** Where it was deployed, by the ids that the attempt itself knows. */
    @Exported
    public String getKey() {
        return String.join(
                " ",
                recorded.getServerUrl(),
                part(recorded.getPattern(), recorded.getPatternId()),
                part(recorded.getDeployment(), recorded.getDeploymentId()));
    }

    private static String part(String name, @CheckForNull Long id) {
        if (id != null) {
            return "#" + id;
        }
        // Names are trimmed, so that none looks like an id then.
        return name.startsWith("#") ? " " + name : name;
    }

    @Exported
    @CheckForNull
    public Long getBuildDeploymentId() {
        return recorded.getId();
    }

    /** When the outcome was known, in UTC, as in ISO 8601. */
    @Exported
    public String getDeployedAt() {
        return Instant.ofEpochMilli(recorded.getTime()).toString();
    }

    @Exported
    public JenkinsBuild getJenkinsBuild() {
        return JenkinsBuild.of(run);
    }

    /** Ids of those who started the build, or what started it. */
    @Exported
    public List<String> getUsers() {
        return Starters.of(run);
    }
}
