package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.BuildDeploymentFilter;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is known of one target.
 *
 * @param key server URL, pattern and deployment: the same for all entries of the target
 * @param standing what may be there now, as far as this Jenkins has learned, the most likely one first
 * @param came what brought the build that is there now; an earlier attempt than {@link #now} where that has brought it again;
 *     null where nothing has landed yet
 * @param perhaps a later attempt whose outcome is unknown; null where there is none
 * @param last the newest entry, whatever became of it
 */
public record TargetLine(
        TargetKey key, List<AttemptRecord> standing, AttemptRecord came, AttemptRecord perhaps, AttemptRecord last) {

    static TargetLine from(TargetKey key, AttemptRecord told) {
        AttemptRecord entry = key.withIds(told);
        return new TargetLine(
                key,
                entry.landed() ? List.of(entry) : List.of(),
                entry.landed() ? entry : null,
                entry.unknown() ? entry : null,
                entry);
    }

    /** What is there now, as far as this Jenkins has learned; null where nothing has landed yet. */
    public AttemptRecord now() {
        return standing.isEmpty() ? null : standing.get(0);
    }

    /** What changed it last, or perhaps did. */
    Optional<AttemptRecord> newest() {
        return Stream.of(now(), perhaps).filter(Objects::nonNull).max(Comparator.comparingLong(AttemptRecord::time));
    }

    /** Both are of the same target, under the key of this. */
    TargetLine and(TargetLine other) {
        List<AttemptRecord> known = Stream.of(standing, other.standing, List.of(last, other.last))
                .flatMap(List::stream)
                .distinct()
                .toList();
        List<AttemptRecord> learned = LandingOrder.standing(Stream.concat(standing.stream(), other.standing.stream())
                .distinct()
                .filter(entry -> known.stream().noneMatch(better -> better.knowsBetterThan(entry)))
                .toList());
        AttemptRecord unknown = newer(perhaps, other.perhaps);
        AttemptRecord newest = newer(last, other.last);
        AttemptRecord older = newest == last ? other.last : last;
        return new TargetLine(key, learned, came(learned, other), isOpen(unknown, known) ? unknown : null, newest)
                .map(entry -> key.withIds(entry)
                        .named(
                                known(newest.pattern(), older.pattern()),
                                known(newest.deployment(), older.deployment())));
    }

    /** The first of those that brought the build that is there now, with no other build in between that is known of. */
    @CheckForNull
    private AttemptRecord came(List<AttemptRecord> learned, TargetLine other) {
        if (learned.isEmpty()) {
            return null;
        }
        AttemptRecord now = learned.get(0);
        AttemptRecord first = Stream.of(now, came, other.came)
                .filter(entry -> entry != null && isOfSameBuild(entry, now))
                .min(Comparator.comparingLong(AttemptRecord::time))
                .orElse(now);
        boolean gone = Stream.concat(standing.stream(), other.standing.stream())
                .anyMatch(entry ->
                        !isOfSameBuild(entry, now) && entry.time() > first.time() && entry.time() < now.time());
        return gone ? now : first;
    }

    private static boolean isOfSameBuild(AttemptRecord one, AttemptRecord other) {
        return Objects.equals(one.buildId(), other.buildId());
    }

    private static boolean isOpen(AttemptRecord unknown, List<AttemptRecord> known) {
        return unknown != null && known.stream().noneMatch(entry -> settles(entry, unknown));
    }

    /** What became of it does, what was sent later and has landed, and what was found there later. */
    private static boolean settles(AttemptRecord entry, AttemptRecord unknown) {
        return entry.isSame(unknown) && !entry.unknown()
                || entry.landed() && entry.wasSentAfter(unknown)
                || entry.found() && entry.time() > unknown.time();
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
        return askedId == null ? BoundedText.name(askedName).equals(name) : part.equals("#" + askedId);
    }

    /** What attempts at it are filed under as long as they do not know its ids. */
    List<TargetKey> names() {
        return key.ofIds() ? key.names(last) : List.of();
    }

    /** Whether what is filed under that is of this target. */
    boolean covers(TargetKey filed) {
        return filed.equals(key) || !filed.ofIds() && filed.fits(key, last);
    }

    /** Whether nothing has landed, nor perhaps has. */
    boolean isNever() {
        return standing.isEmpty() && perhaps == null;
    }

    /** Whether it stands here only because somebody called something by a name that the server does not have. */
    boolean isMistyped() {
        return isNever() && last.changedNothing() && last.noSuchTarget();
    }

    /** What it takes to know all of it again, in the order of time. */
    List<AttemptRecord> entries() {
        return Stream.concat(standing.stream(), Stream.of(came, perhaps, last))
                .filter(Objects::nonNull)
                .distinct()
                .sorted(Comparator.comparingLong(AttemptRecord::time))
                .toList();
    }

    TargetLine map(UnaryOperator<AttemptRecord> change) {
        return new TargetLine(
                key,
                standing.stream().map(change).toList(),
                came == null ? null : change.apply(came),
                perhaps == null ? null : change.apply(perhaps),
                change.apply(last));
    }
}
