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

/** The page that shows what is deployed where by a job, by all that is in a folder, or by all of Jenkins. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class Overview implements Action {

    /** It is made anew for each request, and never stored. */
    private final transient OverviewSubject place;

    /** Null until it is asked for. */
    private transient List<TargetLine> lines;

    private transient List<ShownServer> servers;

    Overview(OverviewSubject place) {
        this.place = place;
    }

    /** A job that has never deployed needs no link to an empty page. */
    @Override
    public String getIconFileName() {
        boolean nothing = place.lines().isEmpty() && place.problems().isEmpty();
        return place.item() instanceof Job && nothing ? null : "symbol-paper-plane-outline";
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
        return place.object();
    }

    public String getTitle() {
        return place.item() == null
                ? Messages.overview_title()
                : Messages.overview_titleOf(place.item().getFullDisplayName());
    }

    private List<TargetLine> lines() {
        if (lines == null) {
            lines = place.lines();
        }
        return lines;
    }

    /** With all that is known of their targets. */
    public List<ShownServer> getServers() {
        if (servers == null) {
            servers = ShownServer.from(ShownPattern.from(lines()));
        }
        return servers;
    }

    /** How many targets there are at which nothing has landed, nor perhaps has. */
    public long getNever() {
        return lines().stream().filter(TargetLine::isNever).count();
    }

    /** What is missing here, in words. */
    public List<String> getProblems() {
        getServers();
        return place.problems();
    }

    /** Here only: whoever asks for a job or a folder must not wait for this. */
    @Exported(visibility = 1)
    public List<ShownAttempt> getTargets() {
        return ShownPattern.sorted(place.lines()).stream()
                .map(line -> new ShownTarget(line, null).getShown())
                .toList();
    }

    /** The history of a target; null, which is no page, where nothing of it may be seen. */
    @CheckForNull
    public TargetHistory getTarget(String hash) {
        return place.line(hash).map(line -> new TargetHistory(place, line)).orElse(null);
    }

    /** What leads to a build of the job that this is about; null, which is no page, where it is about no job. */
    @CheckForNull
    public BuildOfAttempt getBuild(String name) {
        return place.item() instanceof Job<?, ?> job
                ? BuildOfAttempt.named(name, job).orElse(null)
                : null;
    }

    /** Where something landed last, or perhaps did; null where nothing has. */
    @CheckForNull
    public ShownTarget getLast() {
        return place.lines().stream()
                .filter(line -> line.newest().isPresent())
                .max(Comparator.comparing(line -> line.newest().orElseThrow().time()))
                .map(line -> new ShownTarget(line, null))
                .orElse(null);
    }

    public boolean isComparable() {
        return ServerCredentials.maySpend(place.item());
    }

    /** How many targets one click compares. */
    public int getMostCompared() {
        return ServerComparison.MOST_TARGETS;
    }

    /** Where the button asks, from the root of Jenkins on. */
    public String getCompareUrl() {
        return OverviewForm.url(place, "compare");
    }
}
