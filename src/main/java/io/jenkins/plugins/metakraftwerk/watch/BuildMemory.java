package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a job remembers of the builds that it watches.
 *
 * @param server the address of their server, and {@code filter} which of its builds; null before the first look
 * @param off whether the job was disabled since the last look
 * @param floor up to here all builds count as noted
 * @param highest the highest id that was there
 * @param fellAt since when the highest id is lower than that, in milliseconds since 1970; null while it is not
 * @param noted as {@link NotedBuilds} writes it
 * @param unfinished the ids of builds that have been seen and may still finish
 * @param toStart have been promised a Jenkins build that has not started, in the order in which they get it
 * @param over the last ones whose Jenkins build has started, or was taken out of the queue by somebody
 */
record BuildMemory(
        String server,
        String filter,
        boolean off,
        long floor,
        long highest,
        Long fellAt,
        String noted,
        List<Long> unfinished,
        List<FinishedBuild> toStart,
        List<FinishedBuild> over) {

    static final BuildMemory NONE = new BuildMemory(null, null, false, 0, 0, null, "", List.of(), List.of(), List.of());

    /** Far more than a queue that was saved a minute ago can bring back. */
    private static final int MOST_OVER = 1_000;

    /** How many can wait for their Jenkins builds. */
    static final int MOST_TO_START = 10_000;

    BuildMemory {
        noted = noted == null ? "" : noted;
        unfinished = unfinished == null ? List.of() : List.copyOf(unfinished);
        toStart = toStart == null ? List.of() : List.copyOf(toStart);
        over = over == null ? List.of() : List.copyOf(over.subList(Math.max(0, over.size() - MOST_OVER), over.size()));
    }

    /** Empty where the text is no memory. */
    static Optional<BuildMemory> read(String text) {
        return JsonLine.read(text, BuildMemory.class).filter(BuildMemory::isWhole);
    }

    private boolean isWhole() {
        return noted.matches("[\\w:,-]*")
                && toStart.stream().allMatch(FinishedBuild::isWhole)
                && over.stream().allMatch(FinishedBuild::isWhole);
    }

    boolean isOf(String otherServer, String otherFilter) {
        return otherServer.equals(server) && otherFilter.equals(filter);
    }

    boolean isOver(FinishedBuild build) {
        return over.stream().anyMatch(build::is);
    }

    boolean isToStart(FinishedBuild build) {
        return toStart.stream().anyMatch(build::is);
    }

    /** After the Jenkins builds of these have started, or shall not. */
    BuildMemory ended(List<FinishedBuild> builds) {
        List<FinishedBuild> left = toStart.stream()
                .filter(build -> builds.stream().noneMatch(build::is))
                .toList();
        List<FinishedBuild> ended = Stream.concat(over.stream(), builds.stream().filter(build -> !isOver(build)))
                .toList();
        return new BuildMemory(server, filter, off, floor, highest, fellAt, noted, unfinished, left, ended);
    }

    /** While the job is disabled. */
    BuildMemory switchedOff() {
        // Those that have been queued, and that a queue may bring back, are the first of them, and must be the last
        // here.
        List<FinishedBuild> newestFirst = new ArrayList<>(toStart);
        Collections.reverse(newestFirst);
        BuildMemory none = ended(newestFirst);
        return new BuildMemory(
                server, filter, true, floor, highest, fellAt, noted, unfinished, none.toStart, none.over);
    }

    String text() {
        return JsonLine.write(this);
    }
}
