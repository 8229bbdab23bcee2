package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.run.ShownAttempt;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Target as the overview shows it. */
@Restricted(NoExternalUse.class)
public final class ShownTarget {

    private final TargetLine line;

    /** The target of the same pattern that has the newest build. Null if this one has it. */
    private final TargetLine ahead;

    private final ShownAttempt shown;
    private final ShownAttempt perhaps;

    ShownTarget(TargetLine line, @CheckForNull TargetLine ahead) {
        this.line = line;
        this.ahead = ahead;
        shown = new ShownAttempt(line.key(), line.now() == null ? line.last() : line.now());
        perhaps = line.perhaps() == null ? null : new ShownAttempt(line.key(), line.perhaps());
    }

    /** Returns the hash in the address of its history. */
    public String getHash() {
        return line.key().hash();
    }

    public String getName() {
        return name(line);
    }

    private static String name(TargetLine line) {
        return line.last().deploymentLabel();
    }

    /** Returns the id of the deployment, or the highest number if it is unknown. */
    long id() {
        Long id = line.last().deploymentId();
        return id == null ? Long.MAX_VALUE : id;
    }

    /** Returns true if the deployed build is known. */
    public boolean isKnown() {
        return line.now() != null;
    }

    /** Returns true if nothing has landed, nor perhaps has. */
    public boolean isNever() {
        return line.isNever();
    }

    /** Returns the attempt that is there now, or else the last attempt. */
    public ShownAttempt getShown() {
        return shown;
    }

    /** Returns the attempt that changed it last, or perhaps did. */
    public ShownAttempt getNewest() {
        return perhaps == null ? shown : perhaps;
    }

    /** Returns a later attempt that may have landed. Null if there is none. */
    @CheckForNull
    public ShownAttempt getPerhaps() {
        return perhaps;
    }

    /** Returns {@code there}, {@code perhaps} or {@code never}. */
    public String getState() {
        return isKnown() ? "there" : perhaps == null ? "never" : "perhaps";
    }

    /** Returns the CSS classes by which the page filters targets. */
    public String getClasses() {
        String base = "metakraftwerk-overview__target--";
        return base
                + getState()
                + (perhaps == null || !isKnown() ? "" : " " + base + "perhaps")
                + (ahead == null ? "" : " " + base + "behind");
    }

    /** Returns how long its build has been there, or how long ago the last attempt was. */
    public String getAgo() {
        return TimeAgo.since(line.came() == null ? shown.getTime() : line.came().time());
    }

    /** Returns a short text that it lags behind another target of the same pattern. Null if it does not. */
    @CheckForNull
    public String getBehind() {
        return ahead == null ? null : Messages.target_behind(name(ahead));
    }

    /** Returns all that is known of the deployed build, one fact per line. */
    public String getMore() {
        return Stream.of(
                        Messages.history_displayName(shown.getPatternLabel(), shown.getDeploymentLabel()),
                        what(),
                        isKnown() ? since() : shown.getReason(),
                        again(),
                        ahead == null
                                ? null
                                : Messages.more_behind(
                                        name(ahead), String.valueOf(ahead.now().buildId())),
                        perhaps == null || !isKnown() && line.perhaps().equals(line.last()) ? null : perhaps(),
                        shown.getUsers().isEmpty()
                                ? shown.getBuildText()
                                : Messages.more_startedBy(shown.getBuildText(), shown.getUsersText()),
                        shown.getExecutor().isEmpty() ? null : Messages.more_on(shown.getExecutor()),
                        shown.getBuildDeploymentId() == null
                                ? null
                                : Messages.more_record(String.valueOf(shown.getBuildDeploymentId())))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n"));
    }

    private String what() {
        String build = shown.getBuildName() == null
                ? String.valueOf(shown.getBuildId())
                : shown.getBuildId() + " " + shown.getBuildName();
        return isKnown()
                ? Messages.more_there(build, shown.getOutcomeText())
                : Messages.more_tried(build, shown.getDateText(), shown.getOutcomeText());
    }

    private String since() {
        ShownAttempt came = new ShownAttempt(line.key(), line.came());
        return came.isFound() ? Messages.more_knownSince(came.getDateText()) : Messages.more_since(came.getDateText());
    }

    /** Returns a text that the same build was deployed again. Null if it was not. */
    @CheckForNull
    private String again() {
        return line.now() == null || line.now().equals(line.came()) ? null : Messages.more_again(shown.getDateText());
    }

    private String perhaps() {
        String what = Messages.more_perhaps(String.valueOf(perhaps.getBuildId()), perhaps.getDateText());
        return perhaps.getReason() == null ? what : what + "\n" + perhaps.getReason();
    }
}
