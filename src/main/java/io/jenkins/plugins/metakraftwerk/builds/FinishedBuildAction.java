package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.Action;
import hudson.model.Actionable;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuild;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Goes with an item from the queue to its Jenkins build: keeps the queue from folding the items of different MetaKraftwerk
 * builds into one, and gives the id to the Jenkins build.
 */
@Restricted(NoExternalUse.class)
public final class FinishedBuildAction extends InvisibleAction
        implements Queue.QueueAction, EnvironmentContributingAction {

    static final String NAME = "MK_BUILD_ID";

    private final String server;
    private final long buildId;
    private final String made;

    FinishedBuildAction(FinishedBuild build) {
        server = build.server();
        buildId = build.id();
        made = build.made();
    }

    /** The build that an item or a Jenkins build was made for; null where it was made for none. */
    @CheckForNull
    static FinishedBuild finishedBuild(Actionable item) {
        FinishedBuildAction action = item.getAction(FinishedBuildAction.class);
        return action == null ? null : action.build();
    }

    FinishedBuild build() {
        return new FinishedBuild(server, buildId, made, null, 0);
    }

    /** Whether another item is one of its own beside this one: also one that somebody has started. */
    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return actions.stream()
                .noneMatch(action -> action instanceof FinishedBuildAction other
                        && other.build().is(build()));
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars variables) {
        variables.put(NAME, Long.toString(buildId));
    }
}
