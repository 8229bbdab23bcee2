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

/** Methods behind the buttons of the overview and of a history. */
@Restricted(NoExternalUse.class)
public final class OverviewForm implements Describable<OverviewForm> {

    private OverviewForm() {}

    /** Returns the address of a method, from the root of Jenkins on. */
    static String url(OverviewSubject subject, String method) {
        String base = subject.item() == null ? "" : subject.item().getUrl();
        return base + "descriptorByName/" + OverviewForm.class.getName() + "/" + method;
    }

    /** Methods that a browser calls. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<OverviewForm> {

        /**
         * Asks servers for the newest record of targets, with the credential that a step there would get.
         *
         * @param targets hashes of the targets that the page shows, with commas in between
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

        /** Forgets the history of a target. */
        @POST
        public HttpResponse doClear(@AncestorInPath Item item, @QueryParameter String target) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            OverviewSubject subject = new OverviewSubject(item);
            Optional<TargetLine> line = subject.line(target);
            if (line.isPresent()) {
                try {
                    subject.clear(line.get().key());
                    UnknownOutcomeCount.get().mayBeFewer();
                    note(item, line.get().last(), null);
                } catch (IOException e) {
                    note(item, line.get().last(), e.getMessage());
                    throw new Failure(Messages.overview_notCleared(e.getMessage()));
                }
            }
            return HttpResponses.redirectViaContextPath(subject.url());
        }

        /**
         * Notes that the record of an attempt with unknown outcome exists.
         *
         * @param attempt hash that identifies the attempt
         * @param record the id of its record, as the user typed it
         */
        @POST
        public HttpResponse doIsThere(
                @AncestorInPath Item item,
                @QueryParameter String target,
                @QueryParameter String attempt,
                @QueryParameter String record) {
            OverviewSubject subject = readable(item);
            TargetLine line = line(subject, target);
            long id = IdParser.read(record).orElseThrow(() -> new Failure(Messages.settle_noNumber()));
            return say(subject, line, attempt, id);
        }

        /** Notes that an attempt with unknown outcome has no record. */
        @POST
        public HttpResponse doIsNotThere(
                @AncestorInPath Item item, @QueryParameter String target, @QueryParameter String attempt) {
            OverviewSubject subject = readable(item);
            return say(subject, line(subject, target), attempt, null);
        }

        private static OverviewSubject readable(Item item) {
            if (item == null) {
                Jenkins.get().checkPermission(Jenkins.READ);
            } else {
                item.checkPermission(Item.READ);
            }
            return new OverviewSubject(item);
        }

        private static TargetLine line(OverviewSubject subject, String target) {
            return subject.line(target).orElseThrow(HttpResponses::notFound);
        }

        private static HttpResponse say(OverviewSubject subject, TargetLine line, String attempt, Long record) {
            TargetSettlement.say(subject, line, attempt, record);
            return HttpResponses.redirectViaContextPath(
                    subject.url() + "target/" + line.key().hash() + "/");
        }

        private static void note(Item item, AttemptRecord last, String failure) {
            HistoryClearedLine.note(item, last.server(), last.serverUrl(), last.pattern(), last.deployment(), failure);
        }
    }
}
