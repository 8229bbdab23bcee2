package io.jenkins.plugins.metakraftwerk.history;

import hudson.model.ItemGroup;
import hudson.model.Job;
import java.util.List;

/** What this Jenkins deployed where, of what the current user may see. */
public final class DeploymentHistory {

    private DeploymentHistory() {}

    /** One line for each target of a job. Reads one small file at most, and none where it is in memory. */
    public static List<TargetLine> of(Job<?, ?> job) {
        throw new UnsupportedOperationException("to come");
    }

    /** One line for each target of all that is in a group, with what deleted jobs left there; the newest of all jobs wins. */
    public static List<TargetLine> of(ItemGroup<?> group) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * What was done at one target, newest first.
     *
     * @param from how many of the newest are left out
     * @param most how many follow
     */
    public static List<HistoryEntry> of(Job<?, ?> job, TargetKey key, int from, int most) {
        throw new UnsupportedOperationException("to come");
    }

    public static List<HistoryEntry> of(ItemGroup<?> group, TargetKey key, int from, int most) {
        throw new UnsupportedOperationException("to come");
    }
}
