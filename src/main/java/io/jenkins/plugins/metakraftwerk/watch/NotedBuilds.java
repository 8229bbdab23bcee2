package io.jenkins.plugins.metakraftwerk.watch;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Builds that need no more attention: they were there at the first poll, ended without artefacts, or have been promised
 * a Jenkins build. The newest {@value #KEPT} are known one by one, since a build may appear after one with a higher id.
 * All older builds count as noted.
 */
final class NotedBuilds {

    static final int KEPT = 2_000;

    private static final String BUILD_SEPARATOR = ",";
    private static final String FIELD_SEPARATOR = ":";

    /** From the id to the text that stands for the creation time. */
    private final TreeMap<Long, String> made = new TreeMap<>();

    private long floor;

    /** @param text in the format of {@link #text} */
    NotedBuilds(String text, long floor) {
        this.floor = floor;
        for (String build : text.split(BUILD_SEPARATOR)) {
            if (!build.isEmpty()) {
                String[] fields = build.split(FIELD_SEPARATOR, -1);
                made.put(Long.valueOf(fields[0]), fields.length > 1 ? fields[1] : "");
            }
        }
    }

    String text() {
        return made.entrySet().stream()
                .map(build -> build.getKey() + FIELD_SEPARATOR + build.getValue())
                .collect(Collectors.joining(BUILD_SEPARATOR));
    }

    /** Returns the id up to which all builds count as noted. */
    long floor() {
        return floor;
    }

    boolean has(PolledBuilds.PolledBuild build) {
        String known = made.get(build.id());
        return known == null ? build.id() <= floor : FinishedBuild.isSame(known, build.made());
    }

    /** True if another build had this id before. */
    boolean isReused(PolledBuilds.PolledBuild build) {
        String known = made.get(build.id());
        return known != null && !FinishedBuild.isSame(known, build.made());
    }

    void note(PolledBuilds.PolledBuild build) {
        made.put(build.id(), build.made());
        while (made.size() > KEPT) {
            floor = Math.max(floor, made.pollFirstEntry().getKey());
        }
    }

    /** Forgets builds with this id or a higher one, for example after ids were used again. */
    void forgetFrom(long id) {
        made.tailMap(id).clear();
        floor = Math.min(floor, id - 1);
    }

    /** Forgets builds above an id that have no creation time. Only their ids would tell them from later builds. */
    void forgetUndatedAbove(long id) {
        made.tailMap(id, false)
                .entrySet()
                .removeIf((Map.Entry<Long, String> build) -> build.getValue().isEmpty());
    }
}
