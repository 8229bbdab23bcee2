package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.run.ShownAttempt;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The page that shows all that this Jenkins did at one target, as far as it is kept and may be seen. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class TargetHistory implements ModelObject {

    /** As many as a page shows. */
    static final int PAGE = 50;

    private final OverviewSubject place;
    private final TargetLine line;

    /** Null until it is asked for, since it takes a look into files; and so are the next. */
    private Integer from;

    private List<AttemptRecord> newest;

    /** What stands for the attempts of which the current user may say what became of them. */
    private Set<String> open;

    TargetHistory(OverviewSubject place, TargetLine line) {
        this.place = place;
        this.line = line;
    }

    @Override
    public String getDisplayName() {
        ShownAttempt last = new ShownAttempt(line.key(), line.last());
        return Messages.history_displayName(last.getPatternLabel(), last.getDeploymentLabel());
    }

    public Api getApi() {
        return new Api(this);
    }

    public ModelObject getObject() {
        return place.object();
    }

    public ShownTarget getTarget() {
        return new ShownTarget(line, null);
    }

    /** Of the place, from the root of Jenkins on. */
    public String getOverviewUrl() {
        return place.url();
    }

    @Exported(visibility = 1)
    public List<ShownAttempt> getHistory() {
        return shown(newest());
    }

    /** Read once. */
    private List<AttemptRecord> newest() {
        if (newest == null) {
            newest = place.newest(line.key());
        }
        return newest;
    }

    private List<ShownAttempt> entries(int from, int most) {
        return shown(place.history(line.key(), from, most));
    }

    private List<ShownAttempt> shown(List<AttemptRecord> entries) {
        return entries.stream()
                .map(entry -> new ShownAttempt(line.key(), entry))
                .toList();
    }

    /** How many newer ones the page leaves out, as the address says; none where there is nothing so far back. */
    public int getFrom() {
        if (from == null) {
            int asked = OverviewSubject.from();
            from = asked == 0 || place.history(line.key(), asked, 1).isEmpty() ? 0 : asked;
        }
        return from;
    }

    /** What was there when; null where nothing was. */
    @CheckForNull
    public TimeStrip getStrip() {
        return TimeStrip.from(newest(), Threads.timing().now());
    }

    /** How long ago it was. */
    public String ago(ShownAttempt entry) {
        return TimeAgo.since(entry.getTime());
    }

    public List<ShownAttempt> getPage() {
        return entries(getFrom(), PAGE);
    }

    /** What is missing here, in words; asked for after the page. */
    public List<String> getProblems() {
        return place.problems();
    }

    public boolean isOlderThere() {
        return !place.history(line.key(), getOlder(), 1).isEmpty();
    }

    public int getNewer() {
        return Math.max(0, getFrom() - PAGE);
    }

    public int getOlder() {
        return getFrom() + PAGE;
    }

    /** Whether the current user may say what became of an attempt. */
    public boolean isOpen(ShownAttempt entry) {
        if (open == null) {
            open = new TargetSettlement(place, line, newest()).open();
        }
        return open.contains(entry.getHash());
    }

    /** Where is said that it is there, or {@code isNotThere}, from the root of Jenkins on. */
    public String getIsThereUrl() {
        return OverviewForm.url(place, "isThere");
    }

    public String getIsNotThereUrl() {
        return OverviewForm.url(place, "isNotThere");
    }

    public boolean isClearable() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** Where the button sends to, from the root of Jenkins on. */
    public String getClearUrl() {
        return OverviewForm.url(place, "clear") + "?target=" + line.key().hash();
    }
}
