package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.deploy.FinishedBuild;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Which builds had to start a Jenkins build, by what the server has shown, and which have. */
final class WatchVerdict {

    /** How many Jenkins builds there may be for a build. */
    private enum Due {
        ONE,
        NONE,
        /** Somebody has taken it out of the queue, or disabled the job, and a crash may have undone that. */
        PERHAPS
    }

    private final Map<String, Due> due = new TreeMap<>();

    /** Which build an id belonged to when it was seen to have ended. */
    private final TreeMap<Long, String> ended = new TreeMap<>();

    private final List<String> violations = new ArrayList<>();
    private boolean first = true;

    List<String> violations() {
        return violations;
    }

    private static String made(Build build) {
        return build.createdAt() == null ? "" : Integer.toString(build.createdAt().hashCode(), 36);
    }

    private static String key(Build build) {
        return build.id() + " " + made(build);
    }

    /** A look counts: it has not failed, and what came of it was stored. */
    void saw(List<Build> list) {
        OptionalLong reused = list.stream()
                .filter(build -> ended.containsKey(build.id()) && !ended.get(build.id()).equals(made(build)))
                .mapToLong(Build::id)
                .min();
        reused.ifPresent(id -> ended.tailMap(id).clear());
        boolean notes = first || reused.isPresent();
        for (Build build : list) {
            boolean over = build.finished() || build.failed() || build.isDeleted();
            if (over && ended.putIfAbsent(build.id(), made(build)) == null) {
                boolean starts = build.finished() && !build.isDeleted() && !notes;
                due.putIfAbsent(key(build), starts ? Due.ONE : Due.NONE);
            }
        }
        first = false;
    }

    /** What has been promised need not start any more, and what is there at the next look does not. */
    void off() {
        due.replaceAll((build, how) -> how == Due.ONE ? Due.PERHAPS : how);
        first = true;
    }

    void cancelled(FinishedBuild build) {
        due.put(Watching.key(build), Due.PERHAPS);
    }

    void pass(List<WatchingJenkins.Run> runs) {
        Map<String, Integer> counts = new HashMap<>();
        for (WatchingJenkins.Run run : runs) {
            counts.merge(Watching.key(run.build()), 1, Integer::sum);
        }
        due.forEach((build, how) -> {
            int count = counts.getOrDefault(build, 0);
            if (count > 1) {
                violations.add("(t) " + count + " Jenkins builds have started for " + build);
            } else if (how == Due.ONE && count == 0) {
                violations.add("(u) no Jenkins build has started for " + build);
            } else if (how == Due.NONE && count == 1) {
                violations.add("(v) a Jenkins build has started for " + build + ", which was to start none");
            }
        });
        counts.keySet().stream()
                .filter(build -> !due.containsKey(build))
                .forEach(build -> violations.add("(v) a Jenkins build has started for " + build + ", unseen"));
    }
}
