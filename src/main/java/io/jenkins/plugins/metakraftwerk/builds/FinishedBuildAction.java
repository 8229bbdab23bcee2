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
 * Action of a queue item, and then of its Jenkins build. It keeps the queue from merging the items of different
 * MetaKraftwerk builds, and gives the id to the Jenkins build.
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

    /** Returns the MetaKraftwerk build that a queue item or a Jenkins build was made for. Null if there is none. */
    @CheckForNull
    static FinishedBuild finishedBuild(Actionable item) {
        FinishedBuildAction action = item.getAction(FinishedBuildAction.class);
        return action == null ? null : action.build();
    }

    FinishedBuild build() {
        return new FinishedBuild(server, buildId, made, null, 0);
    }

    /**
     * Returns true if the queue must keep both items. The other one, perhaps started by a user, is for another build
     * then.
     */
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
