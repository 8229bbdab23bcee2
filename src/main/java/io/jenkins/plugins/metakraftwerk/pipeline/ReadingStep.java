package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Target;
import java.io.Serializable;

/** Step that only reads from the server. It is stored while it runs, and reads again after a restart. */
interface ReadingStep extends Serializable {

    /** Refuses wrong arguments, as far as that needs no server. Runs on the thread of the Pipeline. */
    void check() throws MetaKraftwerkException;

    /** Finds all that the reading needs. May block. */
    ReadingWork<?> reading(Run<?, ?> build, Target target, RunLog log) throws AbortException, MetaKraftwerkException;
}
