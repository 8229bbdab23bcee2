package io.jenkins.plugins.metakraftwerk.watch;

import java.util.ArrayList;
import java.util.List;

/**
 * Many ids in few words, for example '5001–5099, 5101'.
 *
 * @param words the ids that have room
 * @param more the number of other ids
 */
public record IdRanges(String words, int more) {

    static final int MOST = 50;

    /** @param builds in any order */
    public static IdRanges from(List<FinishedBuild> builds) {
        List<Long> ids =
                builds.stream().map(FinishedBuild::id).distinct().sorted().toList();
        List<String> ranges = new ArrayList<>();
        int end = 0;
        while (end < ids.size() && ranges.size() < MOST) {
            long first = ids.get(end);
            int begin = end;
            while (end < ids.size() && ids.get(end) - first == end - begin) {
                end++;
            }
            ranges.add(end - begin == 1 ? Long.toString(first) : first + "–" + ids.get(end - 1));
        }
        return new IdRanges(String.join(", ", ranges), ids.size() - end);
    }
}
