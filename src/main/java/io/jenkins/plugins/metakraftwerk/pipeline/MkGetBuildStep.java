package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.form.FieldListResponse;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Target;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Step {@code mkGetBuild}: returns a build by its id, even if it was deleted. */
public class MkGetBuildStep extends MkGetStep {

    private static final long serialVersionUID = 1L;

    /** @param id a positive whole number, as a number or a text */
    @DataBoundConstructor
    public MkGetBuildStep(Object id) {
        super(id);
    }

    @Override
    ReadingWork<?> reading(long wanted, MetaKraftwerkClient client, Target target, RunLog log) {
        return ReadingWork.repeated(log, () -> client.build(wanted), found -> {
            log.accept(Text.forKey("builds.one", found.id(), RemoteText.name(found.status()), target.label()));
            return new FoundBuild(found);
        });
    }

    @Extension
    public static class DescriptorImpl extends GetDescriptor {

        public DescriptorImpl() {
            super("mkGetBuild", Messages::getBuild_displayName);
        }

        @POST
        public FieldListResponse doFillIdItems(
                @AncestorInPath Item item,
                @QueryParameter String server,
                @QueryParameter String credentialsId,
                @QueryParameter String search) {
            return getShared().doFillBuildIdItems(item, server, credentialsId, null, null, true, search);
        }
    }
}
