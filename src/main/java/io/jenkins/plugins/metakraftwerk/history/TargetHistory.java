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

/** Page with all attempts at one target, as far as they are kept and the user may see them. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class TargetHistory implements ModelObject {

    /** Number of attempts on a page. */
    static final int PAGE = 50;

    private final OverviewSubject subject;
    private final TargetLine line;

    /** Null until somebody asks, since it reads files. The next two fields as well. */
    private Integer from;

    private List<AttemptRecord> newest;

    /** Hashes of the attempts that the current user may settle. */
    private Set<String> open;

    TargetHistory(OverviewSubject subject, TargetLine line) {
        this.subject = subject;
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
        return subject.object();
    }

    public ShownTarget getTarget() {
        return new ShownTarget(line, null);
    }

    /** Returns the address of the overview, from the root of Jenkins on. */
    public String getOverviewUrl() {
        return subject.url();
    }

    @Exported(visibility = 1)
    public List<ShownAttempt> getHistory() {
        return shown(newest());
    }

    /** Reads them once. */
    private List<AttemptRecord> newest() {
        if (newest == null) {
            newest = subject.newest(line.key());
        }
        return newest;
    }

    private List<ShownAttempt> entries(int from, int most) {
        return shown(subject.history(line.key(), from, most));
    }

    private List<ShownAttempt> shown(List<AttemptRecord> entries) {
        return entries.stream()
                .map(entry -> new ShownAttempt(line.key(), entry))
                .toList();
    }

    /** Returns the number of newer attempts that the page leaves out. 0 if the address asks for more than there are. */
    public int getFrom() {
        if (from == null) {
            int asked = OverviewSubject.from();
            from = asked == 0 || subject.history(line.key(), asked, 1).isEmpty() ? 0 : asked;
        }
        return from;
    }

    /** Returns which build was there when. Null if nothing has landed. */
    @CheckForNull
    public TimeStrip getStrip() {
        return TimeStrip.from(newest(), Threads.timing().now());
    }

    /** Returns how long ago the attempt was. */
    public String ago(ShownAttempt entry) {
        return TimeAgo.since(entry.getTime());
    }

    public List<ShownAttempt> getPage() {
        return entries(getFrom(), PAGE);
    }

    /** Returns what is missing, in words. Asked after the page, which reads the files. */
    public List<String> getProblems() {
        return subject.problems();
    }

    public boolean isOlderThere() {
        return !subject.history(line.key(), getOlder(), 1).isEmpty();
    }

    public int getNewer() {
        return Math.max(0, getFrom() - PAGE);
    }

    public int getOlder() {
        return getFrom() + PAGE;
    }

    /** Returns true if the current user may settle the attempt. */
    public boolean isOpen(ShownAttempt entry) {
        if (open == null) {
            open = new TargetSettlement(subject, line, newest()).open();
        }
        return open.contains(entry.getHash());
    }

    /** Returns the address that notes that the record exists, from the root of Jenkins on. */
    public String getIsThereUrl() {
        return OverviewForm.url(subject, "isThere");
    }

    public String getIsNotThereUrl() {
        return OverviewForm.url(subject, "isNotThere");
    }

    public boolean isClearable() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** Returns the address of the button, from the root of Jenkins on. */
    public String getClearUrl() {
        return OverviewForm.url(subject, "clear") + "?target=" + line.key().hash();
    }
}
