package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.client.Bounded;
import io.jenkins.plugins.metakraftwerk.client.BuildDeploymentFilter;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is known of one target.
 *
 * @param key server URL, pattern and deployment: the same for all entries of the target
 * @param now what is there now, as far as this Jenkins has learned; null where nothing has landed yet
 * @param perhaps a later attempt whose outcome is unknown; null where there is none
 * @param last the newest entry, whatever became of it
 */
public record TargetLine(TargetKey key, AttemptRecord now, AttemptRecord perhaps, AttemptRecord last) {

    static TargetLine of(TargetKey key, AttemptRecord told) {
        AttemptRecord entry = key.withIds(told);
        return new TargetLine(key, entry.landed() ? entry : null, entry.unknown() ? entry : null, entry);
    }

    /** Both are of the same target, under the key of this. */
    TargetLine and(TargetLine other) {
        AttemptRecord learned = newer(now, other.now);
        AttemptRecord unknown = newer(perhaps, other.perhaps);
        AttemptRecord newest = newer(last, other.last);
        AttemptRecord older = newest == last ? other.last : last;
        return new TargetLine(key, since(learned, other), open(unknown, learned) ? unknown : null, newest)
                .map(entry -> key.withIds(entry)
                        .named(
                                known(newest.pattern(), older.pattern()),
                                known(newest.deployment(), older.deployment())));
    }

    /** What is only found to be there still is there since it was brought. */
    private AttemptRecord since(AttemptRecord learned, TargetLine other) {
        boolean same = now != null
                && other.now != null
                && Objects.equals(now.buildDeploymentId(), other.now.buildDeploymentId());
        AttemptRecord before = learned == now ? other.now : now;
        return same && "SKIPPED".equals(learned.outcome()) ? before : learned;
    }

    private static boolean open(AttemptRecord unknown, AttemptRecord learned) {
        return unknown != null
                && (learned == null
                        || learned.time() <= unknown.time() && !Objects.equals(learned.owner(), unknown.owner()));
    }

    private static String known(String newer, String older) {
        return newer == null ? older : newer;
    }

    private static AttemptRecord newer(AttemptRecord one, AttemptRecord other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.time() > other.time() ? one : other;
    }

    /** Whether it is the target that somebody asks for, by ids or by the names known last. */
    boolean is(String serverUrl, BuildDeploymentFilter asked) {
        return key.serverUrl().equals(serverUrl)
                && is(asked.patternId(), asked.pattern(), key.pattern(), last.pattern())
                && is(asked.deploymentId(), asked.deployment(), key.deployment(), last.deployment());
    }

    private static boolean is(Long askedId, String askedName, String part, String name) {
        return askedId == null ? Bounded.name(askedName).equals(name) : part.equals("#" + askedId);
    }

    /** What attempts at it are filed under as long as they do not know its ids. */
    List<TargetKey> names() {
        return key.ofIds() ? key.names(last) : List.of();
    }

    /** Whether what is filed under that is of this target. */
    boolean covers(TargetKey filed) {
        return filed.equals(key) || !filed.ofIds() && filed.fits(key, last);
    }

    /** What it takes to know all of it again, in the order of time. */
    List<AttemptRecord> entries() {
        return Stream.of(now, perhaps, last)
                .filter(Objects::nonNull)
                .distinct()
                .sorted(Comparator.comparingLong(AttemptRecord::time))
                .toList();
    }

    TargetLine map(UnaryOperator<AttemptRecord> change) {
        AttemptRecord newNow = now == null ? null : change.apply(now);
        AttemptRecord newPerhaps = perhaps == null ? null : change.apply(perhaps);
        return new TargetLine(
                key, newNow, newPerhaps, last == now ? newNow : last == perhaps ? newPerhaps : change.apply(last));
    }
}
