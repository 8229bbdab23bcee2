package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The builds that a job knows, as they are stored.
 *
 * @param server the address of their server, and {@code filter} selects its builds; null before the first poll
 * @param off true if the job was disabled since the last poll
 * @param floor builds up to this id count as noted
 * @param highest the highest id that was there
 * @param fellAt the time since which the highest id is lower than that, in milliseconds since 1970; else null
 * @param noted in the format of {@link NotedBuilds}
 * @param unfinished the ids of builds that were seen and may still finish
 * @param toStart builds that have been promised a Jenkins build that has not started, in the order in which they get it
 * @param over the last builds whose Jenkins build has started, or was removed from the queue by a person
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

    /** Far more builds than a queue that was saved a minute ago can bring back. */
    private static final int MOST_OVER = 1_000;

    /** Limit of the builds that wait for their Jenkins build. */
    static final int MOST_TO_START = 10_000;

    BuildMemory {
        noted = noted == null ? "" : noted;
        unfinished = unfinished == null ? List.of() : List.copyOf(unfinished);
        toStart = toStart == null ? List.of() : List.copyOf(toStart);
        over = over == null ? List.of() : List.copyOf(over.subList(Math.max(0, over.size() - MOST_OVER), over.size()));
    }

    /** Returns the memory, or empty if the text is none. */
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

    /** Returns the memory after the Jenkins builds of these have started, or will never start. */
    BuildMemory ended(List<FinishedBuild> builds) {
        List<FinishedBuild> left = toStart.stream()
                .filter(build -> builds.stream().noneMatch(build::is))
                .toList();
        List<FinishedBuild> ended = Stream.concat(over.stream(), builds.stream().filter(build -> !isOver(build)))
                .toList();
        return new BuildMemory(server, filter, off, floor, highest, fellAt, noted, unfinished, left, ended);
    }

    /** Returns the memory of a disabled job. */
    BuildMemory switchedOff() {
        // The list of ended builds is cut at its beginning. The oldest builds may be in a saved queue, so they must
        // come last.
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
