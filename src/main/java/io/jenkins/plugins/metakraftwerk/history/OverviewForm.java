package io.jenkins.plugins.metakraftwerk.history;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.util.HttpResponses;
import io.jenkins.plugins.metakraftwerk.client.IdParser;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.run.HistoryClearedLine;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the buttons of the overview and of a history do. */
@Restricted(NoExternalUse.class)
public final class OverviewForm implements Describable<OverviewForm> {

    private OverviewForm() {}

    /** The address of a method, from the root of Jenkins on. */
    static String url(OverviewSubject place, String method) {
        String base = place.item() == null ? "" : place.item().getUrl();
        return base + "descriptorByName/" + OverviewForm.class.getName() + "/" + method;
    }

    /** The methods that a browser calls. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<OverviewForm> {

        /**
         * Asks servers for the newest record of targets, with the credential that a step there would get.
         *
         * @param targets the hashes of those that are shown, with commas in between
         */
        @POST
        public HttpResponse doCompare(@AncestorInPath Item item, @QueryParameter String targets) {
            if (item == null) {
                Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            } else {
                item.checkPermission(CredentialsProvider.USE_ITEM);
            }
            Set<String> shown = new HashSet<>(List.of(targets.split(",")));
            try {
                ServerComparison.Result answer = new ServerComparison(new OverviewSubject(item)).compare(shown);
                return HttpResponses.okJSON(new JSONObject()
                        .element("targets", JSONArray.fromObject(answer.targets()))
                        .element("leftOut", answer.leftOut()));
            } catch (AbortException e) {
                return HttpResponses.errorJSON(e.getMessage());
            }
        }

        /** Forgets what is kept of a target. */
        @POST
        public HttpResponse doClear(@AncestorInPath Item item, @QueryParameter String target) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            OverviewSubject place = new OverviewSubject(item);
            Optional<TargetLine> line = place.line(target);
            if (line.isPresent()) {
                try {
                    place.clear(line.get().key());
                    UnknownOutcomeCount.get().mayBeFewer();
                    note(item, line.get().last(), null);
                } catch (IOException e) {
                    note(item, line.get().last(), e.getMessage());
                    throw new Failure(Messages.overview_notCleared(e.getMessage()));
                }
            }
            return HttpResponses.redirectViaContextPath(place.url());
        }

        /**
         * Says that the record of an attempt that ended unknown is there.
         *
         * @param attempt what stands for it
         * @param record the id of its record, as it was typed
         */
        @POST
        public HttpResponse doIsThere(
                @AncestorInPath Item item,
                @QueryParameter String target,
                @QueryParameter String attempt,
                @QueryParameter String record) {
            OverviewSubject place = readable(item);
            TargetLine line = line(place, target);
            long id = IdParser.read(record).orElseThrow(() -> new Failure(Messages.settle_noNumber()));
            return say(place, line, attempt, id);
        }

        /** Says that an attempt that ended unknown has no record. */
        @POST
        public HttpResponse doIsNotThere(
                @AncestorInPath Item item, @QueryParameter String target, @QueryParameter String attempt) {
            OverviewSubject place = readable(item);
            return say(place, line(place, target), attempt, null);
        }

        private static OverviewSubject readable(Item item) {
            if (item == null) {
                Jenkins.get().checkPermission(Jenkins.READ);
            } else {
                item.checkPermission(Item.READ);
            }
            return new OverviewSubject(item);
        }

        private static TargetLine line(OverviewSubject place, String target) {
            return place.line(target).orElseThrow(HttpResponses::notFound);
        }

        private static HttpResponse say(OverviewSubject place, TargetLine line, String attempt, Long record) {
            TargetSettlement.say(place, line, attempt, record);
            return HttpResponses.redirectViaContextPath(
                    place.url() + "target/" + line.key().hash() + "/");
        }

        private static void note(Item item, AttemptRecord last, String failure) {
            HistoryClearedLine.note(item, last.server(), last.serverUrl(), last.pattern(), last.deployment(), failure);
        }
    }
}
