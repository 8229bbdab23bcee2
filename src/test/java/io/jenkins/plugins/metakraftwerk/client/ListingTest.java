package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list that changes while it is read, page after page, is read as it was at one moment. */
class ListingTest {

    private static final BuildDeploymentFilter ALL = new BuildDeploymentFilter(null, null, null, null, null);

    private PagedList list;
    private ScriptedHttp http;

    private CompletableFuture<List<Long>> read(PagedList list) {
        this.list = list;
        http = new ScriptedHttp(list);
        return http.client(new VirtualTiming())
                .collect(ALL, Collectors.mapping(BuildDeployment::id, Collectors.toList()));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 1000})
    void onePageIsAskedForOnce(int pageSize) {
        assertThat(get(read(new PagedList(pageSize, page -> {}, 9, 7, 5)))).containsExactly(9L, 7L, 5L);
        assertThat(http.requests).hasSize(1);
    }

    @Test
    void theFirstOfManyPagesIsLookedAtAgain() {
        assertThat(get(read(new PagedList(2, page -> {}, 9, 7, 5)))).containsExactly(9L, 7L, 5L);
        assertThat(http.requests)
                .extracting(uri -> String.valueOf(uri.getRawQuery()))
                .containsExactly("null", "%24skip=1", "null");
    }

    @Test
    void aRecordThatComesMeanwhileIsNotMissed() {
        assertThat(get(read(new PagedList(2, page -> addFirst(page, 2), 9, 7, 5))))
                .containsExactly(11L, 9L, 7L, 5L);
        assertThat(http.requests).hasSize(2 + 4);
    }

    @Test
    void aRecordThatComesWithTheLastPageIsNotMissed() {
        assertThat(get(read(new PagedList(2, page -> addFirst(page, 3), 9, 7, 5))))
                .containsExactly(11L, 9L, 7L, 5L);
        assertThat(http.requests).hasSize(3 + 4);
    }

    private void addFirst(int page, int when) {
        if (page == when) {
            list.ids.add(0, 11L);
        }
    }

    /** The total stays the same. */
    @Test
    void aRecordThatGoesWhileAnotherComesHidesNone() {
        assertThat(get(read(new PagedList(
                        2,
                        page -> {
                            if (page == 2) {
                                list.ids.remove(Long.valueOf(5));
                                list.ids.add(11L);
                            }
                        },
                        5,
                        7,
                        9))))
                .containsExactly(7L, 9L, 11L);
    }

    @Test
    void noRecordComesTwice() {
        assertThat(get(read(new PagedList(
                        2,
                        page -> {
                            if (page == 2) {
                                list.ids.remove(Long.valueOf(5));
                                list.ids.add(0, 11L);
                            }
                        },
                        9,
                        7,
                        5))))
                .containsExactly(11L, 9L, 7L);
    }

    /** Whoever deletes and inserts between any two pages, wherever in the list. */
    @Test
    void noneIsMissedThatWasThereAllTheTime() {
        int read = 0;
        for (int seed = 1; seed <= 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double often = random.nextDouble(0.4);
            int pageSize = random.nextInt(1, 6);
            Set<Long> always = new TreeSet<>(Set.of(3L, 1L, 4L, 15L, 9L, 2L, 6L, 5L, 35L, 8L, 97L));
            IntConsumer people = page -> {
                if (random.nextDouble() < often) {
                    always.remove(list.ids.remove(random.nextInt(list.ids.size())));
                    list.ids.add(random.nextInt(list.ids.size() + 1), 100L + page);
                }
            };
            CompletableFuture<List<Long>> seen =
                    read(new PagedList(pageSize, people, 3, 1, 4, 15, 9, 2, 6, 5, 35, 8, 97));
            if (settled(seen)) {
                read++;
                assertThat(seen.join())
                        .as("seed " + seed)
                        .doesNotHaveDuplicates()
                        .containsAll(always);
            } else {
                assertThat(failure(seen)).hasMessageContaining("did not fit together");
            }
        }
        assertThat(read).as("how many were read in the end").isBetween(200, 399);
    }

    private static boolean settled(CompletableFuture<?> seen) {
        return get(seen.handle((value, failure) -> failure == null));
    }

    @Test
    void aListThatNeverStandsStillIsTriedAgainLater() {
        MetaKraftwerkException failure = failure(read(new PagedList(2, page -> list.ids.add(0, 100L + page), 9, 7, 5)));
        assertThat(failure).hasMessageContaining("did not fit together, 4 times in a row");
        assertThat(failure.retryable()).isTrue();
        assertThat(http.requests).hasSize(2 * Listing.ROUNDS);
    }

    @Test
    void aServerThatAnswersTheFirstPageForEverIsLeft() {
        http = new ScriptedHttp(uri ->
                List.of("{\"total\":9,\"data\":[{\"id\":1,\"build_id\":1}]}").iterator());
        MetaKraftwerkException failure =
                failure(http.client(new VirtualTiming()).find(ALL));
        assertThat(failure).hasMessageContaining("did not fit together");
        assertThat(http.requests).hasSize(2 * Listing.ROUNDS);
    }

    @Test
    void aServerThatRepeatsARecordWithinAPageIsReadOnce() {
        assertThat(get(read(new PagedList(4, page -> {}, 9, 7, 9, 5, 3, 3)))).containsExactly(9L, 7L, 5L, 3L);
        assertThat(http.requests).hasSize(3);
    }

    @Test
    void aPlainArrayAfterAPageDoesNotFit() {
        var answers = List.of("{\"total\":2,\"data\":[{\"id\":1,\"build_id\":1}]}", "[{\"id\":2,\"build_id\":1}]");
        http = new ScriptedHttp(
                uri -> List.of(answers.get((http.requests.size() + 1) % 2)).iterator());
        assertThat(failure(http.client(new VirtualTiming()).find(ALL))).hasMessageContaining("did not fit together");
    }

    @Test
    void moreIsLookedAtThanIsKept() {
        http = new ScriptedHttp(
                new PagedList(1000, page -> {}, LongStream.rangeClosed(1, 5500).toArray()));
        var newest =
                http.client(new VirtualTiming()).collect(ALL, Collectors.reducing(0L, BuildDeployment::id, Math::max));
        assertThat(get(newest)).isEqualTo(5500);
        assertThat(http.requests).hasSize(6 + 1);
    }
}
