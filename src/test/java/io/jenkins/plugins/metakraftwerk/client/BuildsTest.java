package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of builds: what is asked for, and what of an answer is kept. */
class BuildsTest {

    private static final String BUILDS = "/api/v1/builds";

    private static final BuildFilter ANY = new BuildFilter(null, null, null, null, null, null, Map.of());

    @AutoClose
    private final StandInServer server = StandInServer.start();

    private final MetaKraftwerkClient client = TestClients.forServer(server);

    private List<Build> builds() {
        return get(() -> client.builds(ANY, NewestCollector.keeping(10)));
    }

    @Test
    void theFilterIsSentAsTheApiNamesIt() throws MetaKraftwerkException {
        BuildFilter filter = BuildFilter.builder()
                .project("Sales", null)
                .pattern(" ", "11")
                .user("x@example.com", "")
                .releases(Map.of("B", "2", "A", "1 \"one\""))
                .build();

        get(() -> client.builds(filter, NewestCollector.keeping(1)));

        assertThat(server.requests("GET", BUILDS).get(0).query())
                .isEqualTo(Map.of(
                        "project",
                        "Sales",
                        "pattern_id",
                        "11",
                        "user",
                        "x@example.com",
                        "releases",
                        "{\"A\":\"1 \\\"one\\\"\",\"B\":\"2\"}"));
        assertThat(filter.text())
                .hasToString(
                        "any build, project Sales, pattern #11, user x@example.com, release A=1 \"one\", release B=2");
    }

    @Test
    void allThatIsWrongWithAFilterIsSaidAtOnce() {
        assertThatThrownBy(() -> BuildFilter.builder()
                        .project("P", "3")
                        .user(null, "x")
                        .releases(Map.of("G", " "))
                        .build())
                .hasMessageContaining("Give only one of project and projectId.")
                .hasMessageContaining("userId must be a positive whole number, not 'x'.")
                .hasMessageContaining("releases is missing.");
    }

    @Test
    void listsOfIdsAreKeptAndLargerThingsAreNot() {
        server.changeBuild(5139, "patterns", List.of(7, 9_000_000_000L));
        server.changeBuild(5139, "downloads", List.of(List.of(1), Map.of("patterns", List.of(2))));

        Build build = builds().get(3);

        assertThat(build.patterns()).containsExactly(7L, 9_000_000_000L);
        assertThat(build.releases()).containsExactly(61L);
        assertThat(build).isEqualTo(get(() -> client.build(5139)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":7,\"patterns\":\"11\",\"releases\":{\"a\":[1]},\"user_id\":\"x\",\"build_end\":12,\"description\":[1,[2]]}",
                "{\"id\":7,\"patterns\":null,\"releases\":7,\"user_id\":-1,\"build_end\":{},\"description\":false}",
                "{\"id\":7,\"patterns\":[-1,0,\"x\",null,{\"id\":3},[4],1.5,99999999999999999999999]}"
            })
    void aBuildWhoseWordsHaveAnotherFormIsStillABuild(String json) {
        server.fault("GET", BUILDS, 1, Fault.status(200, "application/json", "[" + json + "]"));
        server.fault("GET", BUILDS + "/7", 1, Fault.status(200, "application/json", json));

        assertThat(Stream.of(builds().get(0), get(() -> client.build(7)))).allSatisfy(build -> {
            assertThat(build.id()).isEqualTo(7);
            assertThat(build.patterns()).isEmpty();
            assertThat(build.releases()).isEmpty();
            assertThat(build.userId()).isNull();
            assertThat(build.buildEnd()).isNull();
            assertThat(build.description()).isNull();
        });
    }

    @Test
    void wordsAreCleanedBeforeAnybodySeesThem() {
        server.changeBuild(5142, "name", "a\u0000\n b\u202e " + StandInServer.jwt("{}"));

        assertThat(builds().get(0).name()).isEqualTo("a b ****");
    }

    @Test
    void noMoreIsKeptThanIsAskedFor() {
        for (int order : List.of(1, -1)) {
            List<Long> kept = Stream.iterate(order == 1 ? 1 : 1000, id -> id + order)
                    .limit(1000)
                    .map(id -> new Project((long) id, "p", null, null))
                    .collect(Collectors.collectingAndThen(
                            NewestCollector.<Project>keeping(3),
                            newest -> newest.stream().map(Project::id).toList()));
            assertThat(kept).containsExactly(1000L, 999L, 998L);
        }
    }

    @Test
    void aListThatIsTooLongSaysWhatNarrowsIt() {
        server.fault(
                "GET",
                BUILDS,
                1,
                Fault.status(
                        200, "application/json", "{\"total\":200001,\"limit\":1,\"skip\":0,\"data\":[{\"id\":1}]}"));

        assertThatThrownBy(this::builds)
                .rootCause()
                .hasMessageContaining("more than 200000 entries. Narrow the search down by project, pattern or user");
    }
}
