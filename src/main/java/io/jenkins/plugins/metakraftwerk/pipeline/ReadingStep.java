package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Target;
import java.io.Serializable;

/** A step that only reads from the server. It is stored while it does, and after a restart it reads again. */
interface ReadingStep extends Serializable {

    /** Refuses what can be refused without a server. Runs on the Pipeline's thread. */
    void check() throws MetaKraftwerkException;

    /** Finds all that the reading needs. May block. */
    ReadingWork<?> reading(Run<?, ?> build, Target target, RunLog log) throws AbortException, MetaKraftwerkException;
}
