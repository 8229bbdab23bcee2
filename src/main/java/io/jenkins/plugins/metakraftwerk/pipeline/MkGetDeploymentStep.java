package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.Extension;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.RequestedNames;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Target;
import org.kohsuke.stapler.DataBoundConstructor;

/** Step {@code mkGetDeployment}: returns a build deployment by its id. */
public class MkGetDeploymentStep extends MkGetStep {

    private static final long serialVersionUID = 1L;

    /** @param id a positive whole number, as a number or a text */
    @DataBoundConstructor
    public MkGetDeploymentStep(Object id) {
        super(id);
    }

    @Override
    ReadingWork<?> reading(long wanted, MetaKraftwerkClient client, Target target, RunLog log) {
        return ReadingWork.repeated(log, () -> client.get(wanted), record -> {
            log.accept(Text.forKey("get.found", record.id(), record.buildId(), target.label()));
            return BuildDeploymentResult.from(record, RequestedNames.NONE);
        });
    }

    @Extension
    public static class DescriptorImpl extends GetDescriptor {

        public DescriptorImpl() {
            super("mkGetDeployment", Messages::get_displayName);
        }
    }
}
