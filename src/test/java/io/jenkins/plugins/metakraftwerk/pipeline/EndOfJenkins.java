package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.init.Terminator;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/**
 * Lets a test act when Jenkins has put all Pipelines to sleep, and neither calls itself terminating yet nor has ended the
 * runs.
 */
public final class EndOfJenkins {

    private static Runnable action = () -> {};

    private EndOfJenkins() {}

    /** For the next end only. */
    static synchronized void then(Runnable next) {
        action = next;
    }

    @Terminator(requires = FlowExecutionList.EXECUTIONS_SUSPENDED, attains = FlowExecutionList.LIST_SAVED)
    public static synchronized void act() {
        action.run();
        action = () -> {};
    }
}
