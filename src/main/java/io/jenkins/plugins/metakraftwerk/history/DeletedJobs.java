package io.jenkins.plugins.metakraftwerk.history;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.AccessControlled;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.store.LinesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Targets of deleted jobs, in a file of the group that they were in. Without it, a target would show an older
 * deployment as the last one.
 */
final class DeletedJobs {

    static final String NAME = "metakraftwerk-deleted.jsonl";

    private final TargetsFile targets = new TargetsFile(NAME, (folder, each) -> {});

    synchronized void add(ItemGroup<?> group, List<HistoryLine> left) {
        left.forEach(line -> targets.add(folder(group), line));
    }

    /** Returns all targets. The caller decides which of them may be shown. */
    List<TargetLine> lines(ItemGroup<?> group) {
        List<TargetLine> known = targets.known();
        return known == null ? read(group) : known;
    }

    private synchronized List<TargetLine> read(ItemGroup<?> group) {
        return targets.lines(folder(group));
    }

    /** Returns the known problem of the file. Does not block. */
    Optional<LinesFile.Problem> problem() {
        return targets.problem();
    }

    /**
     * Forgets a target.
     *
     * @throws IOException if the file cannot be read or written; nothing is forgotten then
     */
    synchronized void remove(ItemGroup<?> group, TargetKey key) throws IOException {
        targets.remove(folder(group), key);
    }

    static boolean mayChange(ItemGroup<?> group) {
        return group instanceof AccessControlled secured
                && secured.hasPermission(group instanceof Item ? Item.CONFIGURE : Jenkins.ADMINISTER);
    }

    private static Path folder(ItemGroup<?> group) {
        return group.getRootDir().toPath();
    }
}
