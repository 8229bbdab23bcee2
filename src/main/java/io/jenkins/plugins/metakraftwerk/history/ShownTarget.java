package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.run.ShownAttempt;
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

    /** Whether it is known what is there. */
    public boolean isKnown() {
        return line.now() != null;
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

    /** Says what another target of the same pattern has and this one has not; null where it lags behind none. */
    @CheckForNull
    public String getBehind() {
        return ahead == null
                ? null
                : Messages.target_behind(String.valueOf(ahead.now().buildId()), name(ahead));
    }
}
