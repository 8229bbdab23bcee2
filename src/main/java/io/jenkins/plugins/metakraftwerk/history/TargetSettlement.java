package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.util.HttpResponses;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.run.SettledAttempt;
import io.jenkins.plugins.metakraftwerk.run.ShownAttempt;
import io.jenkins.plugins.metakraftwerk.server.ComputedItems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jvnet.localizer.LocaleProvider;
import org.springframework.security.access.AccessDeniedException;

/** Settles attempts at a target that ended with an unknown outcome, as far as the current user may do so. */
final class TargetSettlement {

    /** Lets one user settle at a time, so that a second one is told that the outcome is known. */
    private static final Object ONE_BY_ONE = new Object();

    private final OverviewSubject subject;
    private final TargetLine line;
    private final List<AttemptRecord> entries;

    /** @param entries the newest attempts at the target */
    TargetSettlement(OverviewSubject subject, TargetLine line, List<AttemptRecord> entries) {
        this.subject = subject;
        this.line = line;
        this.entries = entries;
    }

    /** Returns hashes of the attempts that may be settled. Leaves out those whose request may still get a response. */
    Set<String> open() {
        return entries.stream()
                .filter(TargetSettlement::isUnknown)
                .filter(entry -> end(entry).isEmpty() && SettledAttempt.isOver(entry) && maySay(entry))
                .map(AttemptRecord::ownerHash)
                .collect(Collectors.toSet());
    }

    /**
     * Notes the outcome that the current user gives.
     *
     * @param attempt hash that identifies the attempt
     * @param record id of its record; null if it has none
     * @throws Failure if the outcome is known already or the record cannot be of this attempt
     */
    static void say(OverviewSubject subject, TargetLine line, String attempt, @CheckForNull Long record) {
        synchronized (ONE_BY_ONE) {
            List<AttemptRecord> now = subject.newest(line.key());
            new TargetSettlement(subject, line, now).say(attempt, record);
        }
    }

    private void say(String attempt, @CheckForNull Long record) {
        AttemptRecord unknown = entries.stream()
                .filter(entry -> isUnknown(entry) && entry.ownerHash().equals(attempt))
                .findFirst()
                .orElseThrow(HttpResponses::notFound);
        if (!maySay(unknown)) {
            throw new AccessDeniedException(Messages.settle_notYours());
        }
        end(unknown).ifPresent(known -> {
            throw new Failure(Messages.settle_known(new ShownAttempt(line.key(), known).getOutcomeText()));
        });
        if (record != null && isOfAnother(unknown, record)) {
            throw new Failure(Text.forKey("word.ofAnother", record).in(LocaleProvider.getLocale()));
        }
        SettledAttempt said = new SettledAttempt(unknown, record);
        said.refusal().ifPresent(why -> {
            throw new Failure(why.in(LocaleProvider.getLocale()));
        });
        show(said);
    }

    private void show(SettledAttempt said) {
        if (!said.attempt().deleted()) {
            said.show(job(said.attempt()).orElseThrow());
            return;
        }
        said.note();
        group(said.attempt())
                .ifPresent(group -> JobHistories.get()
                        .deletedIn(group)
                        .add(group, List.of(new HistoryLine(line.key(), said.attempt()))));
    }

    private static boolean isUnknown(AttemptRecord entry) {
        return entry.unknown() && entry.owner() != null;
    }

    /** Returns the outcome that became known later. */
    private Optional<AttemptRecord> end(AttemptRecord unknown) {
        return entries.stream()
                .filter(entry -> entry.isSame(unknown) && !entry.unknown())
                .findFirst();
    }

    /** An attempt that only found the record does not own it. */
    private boolean isOfAnother(AttemptRecord unknown, long record) {
        return entries.stream()
                .anyMatch(entry -> !entry.isSame(unknown)
                        && !entry.found()
                        && Long.valueOf(record).equals(entry.buildDeploymentId()));
    }

    private boolean maySay(AttemptRecord entry) {
        if (entry.deleted()) {
            return group(entry).isPresent();
        }
        return job(entry).filter(TargetSettlement::mayConfigure).isPresent();
    }

    private static boolean mayConfigure(Job<?, ?> job) {
        return ComputedItems.isComputed(job) && job.getParent() instanceof Item project
                ? project.hasPermission(Item.CONFIGURE)
                : job.hasPermission(Item.CONFIGURE);
    }

    private static Optional<Job<?, ?>> job(AttemptRecord entry) {
        return Optional.ofNullable(Jenkins.get().getItemByFullName(entry.job(), Job.class));
    }

    /** Returns the group of a deleted job. Empty if the current user may not change that group. */
    private Optional<ItemGroup<?>> group(AttemptRecord entry) {
        JobHistories histories = JobHistories.get();
        return subject.object() instanceof ItemGroup<?> within
                ? HistoryScope.forGroup(within).groups().stream()
                        .filter(DeletedJobs::mayChange)
                        .filter(group -> histories.deletedIn(group).lines(group).stream()
                                .anyMatch(left -> left.entries().stream().anyMatch(entry::isSame)))
                        .findFirst()
                : Optional.empty();
    }
}
