package io.jenkins.plugins.metakraftwerk.history;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.ModelObject;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What a page is about: a job, all that is in a folder, or all of Jenkins. It answers what the current user may see.
 *
 * @param item null for all of Jenkins
 */
record OverviewSubject(Item item) {

    static final String URL_NAME = "metakraftwerk";

    private static final int MOST_NEWEST = 1000;

    List<TargetLine> lines() {
        if (item instanceof Job<?, ?> job) {
            return DeploymentHistory.targets(job);
        }
        return object() instanceof ItemGroup<?> group ? DeploymentHistory.targets(group) : List.of();
    }

    /** The target with that hash, if something of it may be seen here. */
    Optional<TargetLine> line(String hash) {
        return lines().stream().filter(line -> line.key().hash().equals(hash)).findFirst();
    }

    /** As many attempts at a target as are looked at, and as one answer of the remote API has. */
    List<AttemptRecord> newest(TargetKey key) {
        return history(key, 0, MOST_NEWEST);
    }

    /** As {@link DeploymentHistory#attempts(Job, TargetKey, int, int)}. */
    List<AttemptRecord> history(TargetKey key, int from, int most) {
        if (item instanceof Job<?, ?> job) {
            return DeploymentHistory.attempts(job, key, from, most);
        }
        return object() instanceof ItemGroup<?> group ? DeploymentHistory.attempts(group, key, from, most) : List.of();
    }

    /** As {@link DeploymentHistory#clear(Job, TargetKey)}. */
    void clear(TargetKey key) throws IOException {
        if (item instanceof Job<?, ?> job) {
            DeploymentHistory.clear(job, key);
        } else if (object() instanceof ItemGroup<?> group) {
            DeploymentHistory.clear(group, key);
        }
    }

    /** As {@link DeploymentHistory#problems(Job)}. */
    List<String> problems() {
        if (item instanceof Job<?, ?> job) {
            return DeploymentHistory.problems(job);
        }
        return object() instanceof ItemGroup<?> group ? DeploymentHistory.problems(group) : List.of();
    }

    /** Whose page it is. */
    ModelObject object() {
        return item == null ? Jenkins.get() : item;
    }

    /** Where a page begins, as the address says. */
    static int from() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String from = request == null ? null : request.getParameter("from");
        return from != null && from.matches("\\d{1,6}") ? Integer.parseInt(from) : 0;
    }

    /** The address of the overview, from the root of Jenkins on. */
    String url() {
        return (item == null ? "" : item.getUrl()) + URL_NAME + "/";
    }
}
