package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import hudson.model.ModelObject;
import io.jenkins.plugins.metakraftwerk.run.BuildOfAttempt;
import io.jenkins.plugins.metakraftwerk.run.ShownAttempt;
import io.jenkins.plugins.metakraftwerk.server.ServerCredentials;
import java.util.Comparator;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Page with all that is deployed by a job, by the items in a folder, or by all of Jenkins. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class Overview implements Action {

    /** Transient: the action is made for each request and never stored. */
    private final transient OverviewSubject subject;

    /** Null until somebody asks. */
    private transient List<TargetLine> lines;

    private transient List<ShownServer> servers;

    Overview(OverviewSubject subject) {
        this.subject = subject;
    }

    /** Hides the link of a job that has never deployed. */
    @Override
    public String getIconFileName() {
        boolean nothing = subject.lines().isEmpty() && subject.problems().isEmpty();
        return subject.item() instanceof Job && nothing ? null : "symbol-paper-plane-outline";
    }

    @Override
    public String getDisplayName() {
        return Messages.overview_displayName();
    }

    @Override
    public String getUrlName() {
        return OverviewSubject.URL_NAME;
    }

    public Api getApi() {
        return new Api(this);
    }

    public ModelObject getObject() {
        return subject.object();
    }

    public String getTitle() {
        return subject.item() == null
                ? Messages.overview_title()
                : Messages.overview_titleOf(subject.item().getFullDisplayName());
    }

    private List<TargetLine> lines() {
        if (lines == null) {
            lines = subject.lines();
        }
        return lines;
    }

    /** Returns the servers with all that is known of their targets. */
    public List<ShownServer> getServers() {
        if (servers == null) {
            servers = ShownServer.from(ShownPattern.from(lines()));
        }
        return servers;
    }

    /** Returns the number of targets where nothing has landed, nor perhaps has. */
    public long getNever() {
        return lines().stream().filter(TargetLine::isNever).count();
    }

    /** Returns what is missing on the page, in words. */
    public List<String> getProblems() {
        getServers();
        return subject.problems();
    }

    /** Exports the targets at the overview only: a request for a job or a folder must not wait for this. */
    @Exported(visibility = 1)
    public List<ShownAttempt> getTargets() {
        return ShownPattern.sorted(subject.lines()).stream()
                .map(line -> new ShownTarget(line, null).getShown())
                .toList();
    }

    /** Returns the history of a target. Null, so that Jenkins says 404, if the user may see nothing of it. */
    @CheckForNull
    public TargetHistory getTarget(String hash) {
        return subject.line(hash).map(line -> new TargetHistory(subject, line)).orElse(null);
    }

    /** Returns the link to a build of the job. Null, so that Jenkins says 404, if this is not the page of a job. */
    @CheckForNull
    public BuildOfAttempt getBuild(String name) {
        return subject.item() instanceof Job<?, ?> job
                ? BuildOfAttempt.named(name, job).orElse(null)
                : null;
    }

    /** Returns the target where something landed last, or perhaps did. Null if there is none. */
    @CheckForNull
    public ShownTarget getLast() {
        return subject.lines().stream()
                .filter(line -> line.newest().isPresent())
                .max(Comparator.comparing(line -> line.newest().orElseThrow().time()))
                .map(line -> new ShownTarget(line, null))
                .orElse(null);
    }

    public boolean isComparable() {
        return ServerCredentials.maySpend(subject.item());
    }

    /** Returns the limit of targets that one click compares. */
    public int getMostCompared() {
        return ServerComparison.MOST_TARGETS;
    }

    /** Returns the address that the button asks, from the root of Jenkins on. */
    public String getCompareUrl() {
        return OverviewForm.url(subject, "compare");
    }
}
