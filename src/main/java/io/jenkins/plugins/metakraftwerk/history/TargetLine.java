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
 * All that is known of one target.
 *
 * @param key server URL, pattern and deployment: the same for all entries of the target
 * @param standing the attempts that may be there now, as far as this Jenkins knows, the most likely one first
 * @param came the attempt that brought the build that is there now; earlier than {@link #now} if that one deployed the
 *     same build again; null if nothing has landed
 * @param perhaps a later attempt with unknown outcome; null if there is none
 * @param last the newest attempt, whatever its outcome
 */
public record TargetLine(
        TargetKey key, List<AttemptRecord> standing, AttemptRecord came, AttemptRecord perhaps, AttemptRecord last) {

    static TargetLine from(TargetKey key, AttemptRecord attempt) {
        AttemptRecord entry = key.withIds(attempt);
        return new TargetLine(
                key,
                entry.landed() ? List.of(entry) : List.of(),
                entry.landed() ? entry : null,
                entry.unknown() ? entry : null,
                entry);
    }

    /** Returns the attempt that is there now, as far as this Jenkins knows. Null if nothing has landed. */
    public AttemptRecord now() {
        return standing.isEmpty() ? null : standing.get(0);
    }

    /** Returns the attempt that changed the target last, or perhaps did. */
    Optional<AttemptRecord> newest() {
        return Stream.of(now(), perhaps).filter(Objects::nonNull).max(Comparator.comparingLong(AttemptRecord::time));
    }

    /** Merges what two lines know of one target, under the key of this one. */
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

    /** Returns the first attempt that brought the build that is there now, if no other build is known in between. */
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

    /**
     * The outcome of the same attempt settles it. So does a later request that landed, and a record that was found
     * later.
     */
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

    /** Returns true if the filter asks for this target, by ids or by the last known names. */
    boolean is(String serverUrl, BuildDeploymentFilter asked) {
        return key.serverUrl().equals(serverUrl)
                && is(asked.patternId(), asked.pattern(), key.pattern(), last.pattern())
                && is(asked.deploymentId(), asked.deployment(), key.deployment(), last.deployment());
    }

    private static boolean is(Long askedId, String askedName, String part, String name) {
        return askedId == null ? BoundedText.name(askedName).equals(name) : part.equals("#" + askedId);
    }

    /** Returns the keys of attempts at this target that do not know its ids. */
    List<TargetKey> names() {
        return key.ofIds() ? key.names(last) : List.of();
    }

    /** Returns true if entries under that key are of this target. */
    boolean covers(TargetKey filed) {
        return filed.equals(key) || !filed.ofIds() && filed.fits(key, last);
    }

    /** Returns true if nothing has landed, nor perhaps has. */
    boolean isNever() {
        return standing.isEmpty() && perhaps == null;
    }

    /** Returns true if it exists only because a request used a name that the server does not have. */
    boolean isMistyped() {
        return isNever() && last.changedNothing() && last.noSuchTarget();
    }

    /** Returns the entries from which this line can be made again, oldest first. */
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
