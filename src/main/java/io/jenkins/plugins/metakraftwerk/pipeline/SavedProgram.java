package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.run.BatchedSaves.Save;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The program of a Pipeline, with one step in it, as a crash would bring it back. Where Jenkins does not save programs
 * while they run, the build is saved: that tells Jenkins that the program on the disk is out of date, so that a crash does
 * not bring it back, and what the step has done is found out without it.
 */
final class SavedProgram {

    private final StepContext step;
    private final Run<?, ?> build;
    private final SharedSaves saves;
    private final boolean isSaved;

    /** Null where the step has none. */
    private final FlowExecution program;

    /** Null until it is asked for. Guarded by this. */
    private Save saved;

    SavedProgram(StepContext step, Run<?, ?> build) throws IOException, InterruptedException {
        this.step = step;
        this.build = build;
        saves = SharedSaves.forBuild(build);
        program = step.get(FlowExecution.class);
        isSaved = program == null || program.getDurabilityHint().isPersistWithEveryStep();
    }

    private boolean isOver() {
        return program != null && program.isComplete();
    }

    /**
     * Makes sure that it is on the disk with all that the step knows.
     *
     * @param isNews whether the step knows something that it did not when it was loaded
     * @return lets a virtual thread wait for that
     */
    synchronized ReadRetries.ReadCall<?> hold(boolean isNews) {
        boolean isThere = saved == null && isSaved && !isNews;
        if (isThere) {
            return () -> null;
        }
        if (saved == null || saved.hasFailed() || isNews) {
            saved = isSaved ? saves.saveProgram(step, this::isOver) : saves.saveBuild(build);
        }
        return saved;
    }
}
