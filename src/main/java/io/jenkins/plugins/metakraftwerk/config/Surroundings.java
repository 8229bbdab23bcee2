package io.jenkins.plugins.metakraftwerk.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.security.ACL;
import io.jenkins.plugins.metakraftwerk.client.Workers;
import io.jenkins.plugins.metakraftwerk.deploy.Claims;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.util.concurrent.ExecutorService;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What all runs of this controller share. */
@Restricted(NoExternalUse.class)
public final class Surroundings {

    private static final ExecutorService WORKERS = new ImpersonatingExecutorService(Workers.EXECUTOR, ACL.SYSTEM2);

    private Surroundings() {}

    /** One for each life of the controller, read from its file when the first run asks for it. */
    @Extension
    public static final class SharedClaims {
        private final Claims claims =
                new Claims(Jenkins.get().getRootDir().toPath().resolve("io.jenkins.plugins.metakraftwerk.claims"));
    }

    public static Claims claims() {
        return ExtensionList.lookupSingleton(SharedClaims.class).claims;
    }

    public static Timing timing() {
        return Timing.on(Timer.get(), Workers.EXECUTOR);
    }

    /** For short work that must not be done on the thread of a Pipeline. */
    public static ExecutorService workers() {
        return WORKERS;
    }
}
