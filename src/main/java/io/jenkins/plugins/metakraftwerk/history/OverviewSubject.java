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
 * Subject of a page: a job, the items in a folder, or all of Jenkins. Returns only what the current user may see.
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

    /** Returns the target with that hash, if the user may see something of it. */
    Optional<TargetLine> line(String hash) {
        return lines().stream().filter(line -> line.key().hash().equals(hash)).findFirst();
    }

    /** Returns the newest attempts at a target. {@link #MOST_NEWEST} are the limit for the remote API too. */
    List<AttemptRecord> newest(TargetKey key) {
        return history(key, 0, MOST_NEWEST);
    }

    /** Same as {@link DeploymentHistory#attempts(Job, TargetKey, int, int)}. */
    List<AttemptRecord> history(TargetKey key, int from, int most) {
        if (item instanceof Job<?, ?> job) {
            return DeploymentHistory.attempts(job, key, from, most);
        }
        return object() instanceof ItemGroup<?> group ? DeploymentHistory.attempts(group, key, from, most) : List.of();
    }

    /** Same as {@link DeploymentHistory#clear(Job, TargetKey)}. */
    void clear(TargetKey key) throws IOException {
        if (item instanceof Job<?, ?> job) {
            DeploymentHistory.clear(job, key);
        } else if (object() instanceof ItemGroup<?> group) {
            DeploymentHistory.clear(group, key);
        }
    }

    /** Same as {@link DeploymentHistory#problems(Job)}. */
    List<String> problems() {
        if (item instanceof Job<?, ?> job) {
            return DeploymentHistory.problems(job);
        }
        return object() instanceof ItemGroup<?> group ? DeploymentHistory.problems(group) : List.of();
    }

    /** Returns the object that has the page. */
    ModelObject object() {
        return item == null ? Jenkins.get() : item;
    }

    /** Returns the number of attempts to leave out, from the query of the request. 0 if it says none. */
    static int from() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String from = request == null ? null : request.getParameter("from");
        return from != null && from.matches("\\d{1,6}") ? Integer.parseInt(from) : 0;
    }

    /** Returns the address of the overview, from the root of Jenkins on. */
    String url() {
        return (item == null ? "" : item.getUrl()) + URL_NAME + "/";
    }
}
