package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the deployments of a build have come, kept with the build itself. For Pipelines whose program Jenkins saves
 * only when it stops in good order: a later crash brings back that old program, which knows nothing of what it has sent
 * since.
 */
final class KeptStates extends InvisibleAction {

    private final Map<String, DeploymentState> states = new ConcurrentHashMap<>();

    static KeptStates of(Run<?, ?> build) {
        synchronized (build) {
            KeptStates kept = build.getAction(KeptStates.class);
            if (kept == null) {
                kept = new KeptStates();
                build.addAction(kept);
            }
            return kept;
        }
    }

    /** What was kept for a run, or null. */
    @CheckForNull
    static DeploymentState get(Run<?, ?> build, String owner) {
        KeptStates kept = build.getAction(KeptStates.class);
        return kept == null ? null : kept.states.get(owner);
    }

    /** For a run that has ended. It need not be saved: what nobody asks for does no harm. */
    static void forget(Run<?, ?> build, String owner) {
        KeptStates kept = build.getAction(KeptStates.class);
        if (kept != null) {
            kept.states.remove(owner);
        }
    }

    void put(String owner, DeploymentState state) {
        states.put(owner, state);
    }

    boolean isEmpty() {
        return states.isEmpty();
    }
}
