package io.jenkins.plugins.metakraftwerk.run;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** View that shows attempts beside the page of their build, before the run that made them goes on. */
@Restricted(NoExternalUse.class)
public interface AttemptView extends ExtensionPoint {

    static ExtensionList<AttemptView> all() {
        return ExtensionList.lookup(AttemptView.class);
    }

    /** Shows how an attempt of a job has ended. Showing the same again changes nothing. May block. */
    void show(Job<?, ?> job, AttemptRecord attempt);
}
