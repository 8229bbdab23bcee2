package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.run.BatchedSaves.Save;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Program of a Pipeline with one step in it, as a crash would bring it back. Some Pipelines do not save their program
 * while they run: then the build is saved. That tells Jenkins that the program on the disk is out of date, so that a
 * crash does not bring it back. The effect of the step is found out without the program.
 */
final class SavedProgram {

    private final StepContext step;
    private final Run<?, ?> build;
    private final SharedSaves saves;
    private final boolean isSaved;

    /** Null if the step has none. */
    private final FlowExecution program;

    /** Null until somebody asks. Guarded by this. */
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
     * Saves it with all that the step knows, unless the disk has that already.
     *
     * @param isNews true if the step knows more than when it was loaded
     * @return a call that waits for the save, on a virtual thread
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
