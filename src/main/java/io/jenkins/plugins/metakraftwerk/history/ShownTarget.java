package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.run.ShownAttempt;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One target as the overview shows it. */
@Restricted(NoExternalUse.class)
public final class ShownTarget {

    private final TargetLine line;

    /** The target of the same pattern that has the newest build; null where this one has it. */
    private final TargetLine ahead;

    private final ShownAttempt shown;
    private final ShownAttempt perhaps;

    ShownTarget(TargetLine line, @CheckForNull TargetLine ahead) {
        this.line = line;
        this.ahead = ahead;
        shown = new ShownAttempt(line.key(), line.now() == null ? line.last() : line.now());
        perhaps = line.perhaps() == null ? null : new ShownAttempt(line.key(), line.perhaps());
    }

    /** As it stands in the address of its history. */
    public String getHash() {
        return line.key().hash();
    }

    public String getName() {
        return name(line);
    }

    private static String name(TargetLine line) {
        return line.last().deploymentLabel();
    }

    /** Of the deployment; the highest there is where it is not known. */
    long id() {
        Long id = line.last().deploymentId();
        return id == null ? Long.MAX_VALUE : id;
    }

    /** Whether it is known what is there. */
    public boolean isKnown() {
        return line.now() != null;
    }

    /** Whether nothing has landed, nor perhaps has. */
    public boolean isNever() {
        return line.isNever();
    }

    /** What is there now, or else the last attempt. */
    public ShownAttempt getShown() {
        return shown;
    }

    /** What changed it last, or perhaps did. */
    public ShownAttempt getNewest() {
        return perhaps == null ? shown : perhaps;
    }

    /** A later attempt that may have landed; null where there is none. */
    @CheckForNull
    public ShownAttempt getPerhaps() {
        return perhaps;
    }

    /** {@code there}, {@code perhaps} or {@code never}. */
    public String getState() {
        return isKnown() ? "there" : perhaps == null ? "never" : "perhaps";
    }

    /** What the page finds it by that looks for some. */
    public String getClasses() {
        String base = "metakraftwerk-overview__target--";
        return base
                + getState()
                + (perhaps == null || !isKnown() ? "" : " " + base + "perhaps")
                + (ahead == null ? "" : " " + base + "behind");
    }

    /** How long its build has been there, or ago the last attempt was. */
    public String getAgo() {
        return TimeAgo.since(line.came() == null ? shown.getTime() : line.came().time());
    }

    /** Says in few words that this one lags behind another target of the same pattern; null where it does not. */
    @CheckForNull
    public String getBehind() {
        return ahead == null ? null : Messages.target_behind(name(ahead));
    }

    /** All that is known of what is there, a line for each thing. */
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

    /** That the same build was deployed again; null where it was not. */
    @CheckForNull
    private String again() {
        return line.now() == null || line.now().equals(line.came()) ? null : Messages.more_again(shown.getDateText());
    }

    private String perhaps() {
        String what = Messages.more_perhaps(String.valueOf(perhaps.getBuildId()), perhaps.getDateText());
        return perhaps.getReason() == null ? what : what + "\n" + perhaps.getReason();
    }
}
