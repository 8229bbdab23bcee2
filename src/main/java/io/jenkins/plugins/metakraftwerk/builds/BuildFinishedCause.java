package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.console.HyperlinkNote;
import hudson.model.Cause;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuild;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;

/** Cause of a Jenkins build that was started for a MetaKraftwerk build. */
@Restricted(NoExternalUse.class)
public final class BuildFinishedCause extends Cause {

    private final String server;
    private final long buildId;
    private final String made;
    private final String name;

    BuildFinishedCause(FinishedBuild build) {
        server = build.server();
        buildId = build.id();
        made = build.made();
        name = build.name();
    }

    boolean isOf(FinishedBuild build) {
        return build().is(build);
    }

    FinishedBuild build() {
        return new FinishedBuild(server, buildId, made, name, 0);
    }

    @Exported(visibility = 3)
    public long getBuildId() {
        return buildId;
    }

    /** Returns the name of the build, cleaned for display. Null if it has none. */
    @Exported(visibility = 3)
    @CheckForNull
    public String getBuildName() {
        return name == null ? null : RemoteText.name(name);
    }

    /** Returns the address of the server for a link. Null if no link may have it. */
    @CheckForNull
    public String getUrl() {
        return server.startsWith("https://") || server.startsWith("http://") ? server : null;
    }

    /** Returns the text of the link. */
    public String getLabel() {
        return label(buildId, getBuildName());
    }

    static String label(long id, @CheckForNull String name) {
        return name == null || name.isEmpty()
                ? Messages.cause_build(String.valueOf(id))
                : Messages.cause_namedBuild(String.valueOf(id), name);
    }

    @Override
    public String getShortDescription() {
        return Messages.cause_finished(getLabel());
    }

    @Override
    public void print(TaskListener listener) {
        String url = getUrl();
        String build = url == null ? getLabel() : HyperlinkNote.encodeTo(url, getLabel());
        listener.getLogger().println(Messages.cause_finished(build));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BuildFinishedCause that
                && buildId == that.buildId
                && server.equals(that.server)
                && made.equals(that.made);
    }

    @Override
    public int hashCode() {
        return Objects.hash(server, buildId, made);
    }
}
