package io.jenkins.plugins.metakraftwerk.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Adds the builds of a poll to a memory. It starts nothing, since a promise is noted before it is kept. */
final class PollNotes {

    /** If ids have been lower for this long, the reason is neither a replica that lags nor a page that was left out. */
    static final Duration FALL = Duration.ofHours(1);

    /** Limit of builds that may still finish. Some never finish, for example if their records are gone. */
    private static final int MOST_UNFINISHED = 1_000;

    private final PolledBuilds polled;
    private final boolean known;
    private final NotedBuilds noted;
    private final TreeSet<Long> unfinished = new TreeSet<>();
    private final List<FinishedBuild> toStart;
    private final List<FinishedBuild> over;
    private final List<FinishedBuild> givenUp = new ArrayList<>();
    private final String server;
    private long highest;
    private Long fellAt;
    private boolean restored;
    private boolean hasFallen;

    /** @param known true if the memory belongs to the same server and filter; if not, only promises are kept */
    PollNotes(BuildMemory before, String server, boolean known, PolledBuilds polled) {
        this.server = server;
        this.known = known;
        this.polled = polled;
        noted = known ? new NotedBuilds(before.noted(), before.floor()) : new NotedBuilds("", 0);
        toStart = new ArrayList<>(before.toStart());
        over = new ArrayList<>(before.over());
        highest = known ? before.highest() : 0;
        fellAt = known ? before.fellAt() : null;
        if (known) {
            unfinished.addAll(before.unfinished());
        }
    }

    /**
     * @param first true if the builds start nothing
     * @param next the number of the next Jenkins build
     */
    void take(boolean first, Instant now, long next) {
        restored = known && seeRestored();
        if (restored) {
            highest = 0;
        }
        seeFall(now);
        for (int i = polled.size() - 1; i >= 0; i--) {
            take(polled.builds().get(i), first || restored, next);
        }
        while (unfinished.size() > MOST_UNFINISHED) {
            unfinished.pollFirst();
        }
        highest = Math.max(highest, polled.highest());
    }

    private void take(PolledBuilds.PolledBuild build, boolean noteOnly, long next) {
        if (noted.has(build) && !unfinished.contains(build.id())) {
            return;
        }
        if (build.state() == PolledBuilds.State.UNFINISHED) {
            unfinished.add(build.id());
            return;
        }
        unfinished.remove(build.id());
        noted.note(build);
        FinishedBuild finished = new FinishedBuild(server, build.id(), build.made(), build.name(), next);
        if (build.state() == PolledBuilds.State.FINISHED && !noteOnly && !isPromised(finished)) {
            (toStart.size() < BuildMemory.MOST_TO_START ? toStart : givenUp).add(finished);
        }
    }

    /** True if it has been promised. A poll with another filter may be older than the promises of the filter before. */
    private boolean isPromised(FinishedBuild build) {
        return Stream.concat(toStart.stream(), over.stream()).anyMatch(build::is);
    }

    /**
     * Returns true if the database was restored: an id belongs to another build now, or all ids are lower than the
     * noted ones.
     */
    private boolean seeRestored() {
        OptionalLong reused = polled.builds().stream()
                .filter(noted::isReused)
                .mapToLong(PolledBuilds.PolledBuild::id)
                .min();
        if (reused.isPresent()) {
            noted.forgetFrom(reused.getAsLong());
        } else if (polled.size() > 0 && polled.highest() <= noted.floor()) {
            noted.forgetFrom(1);
        } else {
            return false;
        }
        return true;
    }

    /**
     * Notes that the highest id is lower. The build may have been deleted, or a replica does not show it yet; time
     * tells.
     */
    private void seeFall(Instant now) {
        if (polled.highest() >= highest || polled.size() == 0) {
            fellAt = null;
        } else if (fellAt == null) {
            hasFallen = true;
            fellAt = now.toEpochMilli();
        } else if (now.toEpochMilli() - fellAt >= FALL.toMillis()) {
            noted.forgetUndatedAbove(polled.highest());
            over.removeIf(build -> build.made().isEmpty() && build.id() > polled.highest());
            highest = polled.highest();
            fellAt = null;
        }
    }

    /** True if ids now belong to other builds, so that builds were only noted. */
    boolean wasRestored() {
        return restored;
    }

    boolean hasFallen() {
        return hasFallen;
    }

    /** Returns builds that do not start, since too many wait. */
    List<FinishedBuild> givenUp() {
        return givenUp;
    }

    BuildMemory memory(String filter) {
        return new BuildMemory(
                server,
                filter,
                false,
                noted.floor(),
                highest,
                fellAt,
                noted.text(),
                List.copyOf(unfinished),
                toStart,
                over);
    }
}
