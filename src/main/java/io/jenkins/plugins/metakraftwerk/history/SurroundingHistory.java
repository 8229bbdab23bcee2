package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessControlled;
import io.jenkins.plugins.metakraftwerk.client.BuildDeploymentFilter;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * History that a run gets from the jobs in the folder of its job and below. For a job in no folder, from the jobs that
 * are in none. All their deployments count, since a script that rolls back must not hear that nothing is there. The run
 * learns the name of its own job and of jobs that it may read.
 */
public final class SurroundingHistory {

    private final Job<?, ?> job;
    private final Authentication reader;
    private final HistoryScope scope;

    /** Full names of the jobs that the run may know. */
    private final Set<String> told;

    /** @param run the authentication that the run has */
    public SurroundingHistory(Job<?, ?> job, Authentication run) {
        this.job = job;
        // A script runs as SYSTEM by default, although its author may not read all jobs.
        reader = run.equals(ACL.SYSTEM2) ? Jenkins.ANONYMOUS2 : run;
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            scope = HistoryScope.aroundJob(job);
        }
        told = scope.jobs().stream().filter(this::mayTell).map(Job::getFullName).collect(Collectors.toSet());
    }

    private boolean mayTell(Job<?, ?> one) {
        return one.equals(job) || mayRead(one);
    }

    /** Needs the permission to read all folders around the item, as Jenkins does for its page. */
    private boolean mayRead(ItemGroup<?> group) {
        return group instanceof Item item
                ? mayRead(item)
                : ((AccessControlled) group).hasPermission2(reader, Jenkins.READ);
    }

    private boolean mayRead(Item item) {
        return item.hasPermission2(reader, Item.READ) && mayRead(item.getParent());
    }

    /**
     * Returns the last deployment at a target.
     *
     * @param serverUrl normalized
     * @param asked one pattern and one deployment
     */
    public Optional<LastDeployment> last(String serverUrl, BuildDeploymentFilter asked) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            return scope.targets().lines().stream()
                    .filter(line -> line.now() != null && line.is(serverUrl, asked))
                    .max(Comparator.comparingLong(line -> line.now().time()))
                    .map(line -> new LastDeployment(told(line.now()), told(before(line))));
        }
    }

    @CheckForNull
    private AttemptRecord before(TargetLine line) {
        AttemptRecord now = line.now();
        return DeploymentHistory.entries(scope, line.key())
                .filter(AttemptRecord::landed)
                .filter(entry -> !Objects.equals(now.buildId(), entry.buildId()))
                .findFirst()
                .orElse(null);
    }

    /** Hides the name of a deleted job, since another job may have that name by now. */
    @CheckForNull
    private AttemptRecord told(@CheckForNull AttemptRecord entry) {
        return entry == null || !entry.deleted() && told.contains(entry.job()) ? entry : entry.ofSomeJob();
    }

    /** Returns what is missing, in words. It is known only after the history was read. */
    public List<String> problems() {
        HistoryScope named = new HistoryScope(
                scope.jobs().stream()
                        .filter(one -> told.contains(one.getFullName()))
                        .toList(),
                scope.groups().stream()
                        .filter(group -> group.equals(job.getParent()) || mayRead(group))
                        .toList());
        boolean others = scope.problems().size() > named.problems().size();
        return Stream.concat(named.problems().stream(), others ? Stream.of(Messages.around_unread()) : Stream.of())
                .toList();
    }
}
