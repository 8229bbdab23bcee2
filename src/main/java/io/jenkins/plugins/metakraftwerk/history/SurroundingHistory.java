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
 * What a run learns of the jobs of its job's own folder and below; for a job in no folder, of those in none. All that they
 * deployed counts, since a script that goes back must not be told that nothing is there; which job it was is told only of
 * its own and of those that it may read.
 */
public final class SurroundingHistory {

    private final Job<?, ?> job;
    private final Authentication reader;
    private final HistoryScope scope;

    /** The full names of the jobs that may be told. */
    private final Set<String> told;

    /** @param run as whom the run runs */
    public SurroundingHistory(Job<?, ?> job, Authentication run) {
        this.job = job;
        // Whoever writes a script has it run as SYSTEM without being allowed to read all jobs.
        reader = run.equals(ACL.SYSTEM2) ? Jenkins.ANONYMOUS2 : run;
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            scope = HistoryScope.aroundJob(job);
        }
        told = scope.jobs().stream().filter(this::mayTell).map(Job::getFullName).collect(Collectors.toSet());
    }

    private boolean mayTell(Job<?, ?> one) {
        return one.equals(job) || mayRead(one);
    }

    /** As somebody who opens its page must read all that it is in. */
    private boolean mayRead(ItemGroup<?> group) {
        return group instanceof Item item
                ? mayRead(item)
                : ((AccessControlled) group).hasPermission2(reader, Jenkins.READ);
    }

    private boolean mayRead(Item item) {
        return item.hasPermission2(reader, Item.READ) && mayRead(item.getParent());
    }

    /**
     * What was deployed last at a target.
     *
     * @param serverUrl in its normal form
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

    /** A job of that name may be another one by now, so that the name of a deleted one is told to nobody. */
    @CheckForNull
    private AttemptRecord told(@CheckForNull AttemptRecord entry) {
        return entry == null || !entry.deleted() && told.contains(entry.job()) ? entry : entry.ofSomeJob();
    }

    /** What is missing, in words, as far as that is known after it was asked for. */
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
