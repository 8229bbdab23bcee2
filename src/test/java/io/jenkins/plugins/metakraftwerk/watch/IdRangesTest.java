package io.jenkins.plugins.metakraftwerk.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many ids in few words. */
class IdRangesTest {

    private static IdRanges ranges(LongStream ids) {
        List<FinishedBuild> builds = ids.mapToObj(id -> new FinishedBuild("https://a", id, "", null, 1))
                .toList();
        return IdRanges.from(builds);
    }

    @Test
    void neighboursAreSaidTogether() {
        assertThat(ranges(LongStream.empty())).isEqualTo(new IdRanges("", 0));
        assertThat(ranges(LongStream.of(7))).isEqualTo(new IdRanges("7", 0));
        assertThat(ranges(LongStream.of(12, 7, 8, 10, 9, 14, 15))).isEqualTo(new IdRanges("7–10, 12, 14–15", 0));
    }

    @Test
    void whatThereIsNoRoomForIsCounted() {
        IdRanges longest = ranges(LongStream.range(0, 9_000).map(i -> Long.MAX_VALUE - 3 * i));
        assertThat(longest.more()).isEqualTo(9_000 - IdRanges.MOST);
        assertThat(longest.words()).hasSizeLessThan(2_500);
    }
}
