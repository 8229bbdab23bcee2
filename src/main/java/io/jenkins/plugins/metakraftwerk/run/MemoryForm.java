package io.jenkins.plugins.metakraftwerk.run;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Failure;
import hudson.util.HttpResponses;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.verb.POST;

/** Does the work of the button of {@link MemoryMonitor}. */
@Restricted(NoExternalUse.class)
public final class MemoryForm implements Describable<MemoryForm> {

    private static final Logger LOGGER = Logger.getLogger(MemoryForm.class.getName());

    /** Address of the button, relative to the root of Jenkins. */
    static final String URL = "descriptorByName/" + MemoryForm.class.getName() + "/putAside";

    /** Maximum time that the button waits for the disk. */
    private static final long PATIENCE_SECONDS = 20;

    private MemoryForm() {}

    /** Web methods that a browser calls. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<MemoryForm> {

        /** Puts aside the file or the lines that cannot be read, so that deployments go on without them. */
        @POST
        public HttpResponse doPutAside() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                RunMemory.get().journal().putAside().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                LOGGER.log(Level.WARNING, e, () -> "Could not put aside what cannot be read of runs");
                throw new Failure(Messages.memory_notPutAside(e.getCause().getMessage()));
            } catch (TimeoutException e) {
                throw new Failure(Messages.memory_notPutAside(Messages.memory_slow()));
            }
            return HttpResponses.redirectViaContextPath("manage/");
        }
    }
}
