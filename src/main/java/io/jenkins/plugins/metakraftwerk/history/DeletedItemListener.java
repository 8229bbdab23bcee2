package io.jenkins.plugins.metakraftwerk.history;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.run.JenkinsBuild;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Moves the targets of a job to its group when the job is deleted. When a folder is deleted, moves the targets that its
 * deleted jobs left there.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class DeletedItemListener extends ItemListener {

    /** Reads the files while they still exist. */
    @Override
    public void onCheckDelete(Item item) {
        targets(item);
    }

    @Override
    public void onDeleted(Item item) {
        List<HistoryLine> left = targets(item)
                .flatMap(line -> line.entries().stream()
                        .filter(entry -> entry.landed() || entry.equals(line.perhaps()))
                        .map(entry -> new HistoryLine(line.key(), deleted(item, entry))))
                .toList();
        if (!left.isEmpty()) {
            JobHistories.get().deletedIn(item.getParent()).add(item.getParent(), left);
        }
    }

    private static Stream<TargetLine> targets(Item item) {
        Stream<TargetLine> own =
                item instanceof Job<?, ?> job ? JobHistories.get().forJob(job).lines(job).stream() : Stream.of();
        Stream<TargetLine> left = item instanceof ItemGroup<?> group
                ? JobHistories.get().deletedIn(group).lines(group).stream()
                : Stream.of();
        return Stream.concat(own, left);
    }

    private static AttemptRecord deleted(Item item, AttemptRecord entry) {
        return entry.deleted() || !(item instanceof Job<?, ?> job)
                ? entry
                : entry.ofDeleted(job.getFullName(), JenkinsBuild.now(job, entry.number(), entry.fullDisplayName()));
    }
}
