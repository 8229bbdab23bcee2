package io.jenkins.plugins.metakraftwerk.config;

import hudson.security.ACL;
import io.jenkins.plugins.metakraftwerk.client.Workers;
import io.jenkins.plugins.metakraftwerk.deploy.Claims;
import io.jenkins.plugins.metakraftwerk.deploy.Timing;
import java.util.concurrent.ExecutorService;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What all runs of this controller share. */
@Restricted(NoExternalUse.class)
public final class Surroundings {

    private static final Claims CLAIMS = new Claims();
    private static final ExecutorService WORKERS = new ImpersonatingExecutorService(Workers.EXECUTOR, ACL.SYSTEM2);

    private Surroundings() {}

    public static Claims claims() {
        return CLAIMS;
    }

    public static Timing timing() {
        return Timing.on(Timer.get());
    }

    /** For short work that must not be done on the thread of a Pipeline. */
    public static ExecutorService workers() {
        return WORKERS;
    }
}
