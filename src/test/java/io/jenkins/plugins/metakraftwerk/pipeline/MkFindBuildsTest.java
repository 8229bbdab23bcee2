package io.jenkins.plugins.metakraftwerk.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** {@code mkFindBuilds} and {@code mkGetBuild}. */
class MkFindBuildsTest {

    private static final String BUILDS = "/api/v1/builds";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private String ids(String arguments) throws Exception {
        return Scripts.succeed(jenkins, "echo \"ids ${mkFindBuilds(" + arguments + ").collect { it.id }}\"");
    }

    @Test
    void theNewestComesFirstAndDeletedOnesAreLeftOut() throws Exception {
        server.deleteBuild(StandInDefaults.CANCELED_BUILD);

        assertThat(ids("")).contains("ids [5141, 5140, 5139]").contains("Found 3 builds on stand-in");
        assertThat(server.requests("GET", BUILDS))
                .singleElement()
                .satisfies(request -> assertThat(request.query()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            status: 'FINISHED'                            | [5139]
            limit: 2                                      | [5142, 5141]
            limit: '1', status: 'FAILED'                  | [5141]
            project: 'Finance'                            | [5142]
            projectId: 4                                  | [5142]
            pattern: 'CORE_DV_HUB', status: 'BUILDING'    | [5140]
            patternId: '13'                               | [5139]
            user: 'demo@metakraftwerk.example', limit: 1  | [5142]
            userId: 6                                     | [5140]
            releases: [DWH_GROUP: 'R1']                   | [5141]
            releases: [DWH_GROUP: 'R1', OTHER: 2]         | []
            """)
    void takesEveryFilter(String arguments, String ids) throws Exception {
        server.changeBuild(5142, "project_id", 4);
        server.changeBuild(5139, "patterns", List.of(13));
        server.changeBuild(5140, "user_id", 6);
        server.setReleases(5141, Map.of("DWH_GROUP", "R1"));

        assertThat(ids(arguments)).contains("ids " + ids);
    }

    @Test
    void aBuildHasAllThatTheApiSaysOfIt() throws Exception {
        server.changeBuild(5139, "patterns", List.of(11, 12));

        assertThat(Scripts.succeed(jenkins, """
                        def b = mkFindBuilds(status: 'FINISHED')[0]
                        def same = mkGetBuild(5139)
                        for (x in [b, same]) {
                          echo "$x.id|$x.name|$x.description|$x.status|$x.progress|$x.message|$x.projectId|$x.userId|$x.patternIds|$x.releaseIds"
                          echo "$x.buildStart $x.buildEnd $x.createdAt"
                        }
                        """))
                .containsSubsequence(
                        "5139|Build 5139|Of the stand-in|FINISHED|100|null|3|5|[11, 12]|[61]",
                        "2025-06-01T08:00:00.000Z 2025-06-01T08:05:00.000Z 2025-06-01T08:00:00.000Z",
                        "5139|Build 5139|Of the stand-in|FINISHED|100|null|3|5|[11, 12]|[61]");
    }

    @Test
    void whatTheServerDoesNotSayIsNull() throws Exception {
        for (String field : List.of("name", "progress", "user_id", "patterns", "build_end", "description")) {
            server.changeBuild(5141, field, null);
        }
        server.changeBuild(5141, "releases", "of another form");

        assertThat(
                        Scripts.succeed(
                                jenkins,
                                "def b = mkGetBuild id: 5141\n"
                                        + "echo \"$b.name $b.progress $b.userId $b.patternIds $b.releaseIds $b.buildEnd $b.description\""))
                .contains("null null null [] [] null null")
                .contains("Build 5141 is FAILED on stand-in");
    }

    @Test
    void pagesAreReadToTheirEnd() throws Exception {
        server.pageSize(2);

        assertThat(ids("")).contains("ids [5142, 5141, 5140, 5139]");
    }

    @Test
    void saysWhatItDidNotFind() throws Exception {
        assertThat(ids("project: 'Salse', pattern: 'CORE_DV_HLS', status: 'FINISHED'"))
                .contains("ids []")
                .contains(
                        "Found 0 builds of any build, project Salse, pattern CORE_DV_HLS, status FINISHED on stand-in")
                .contains("There is no project 'Salse' that", "The nearest: Sales");
    }

    @Test
    void releasesHaveAnEnd() throws Exception {
        String many = "mkFindBuilds releases: (1..%d).collectEntries { [\"G$it\".toString(), 'R'] }";
        Scripts.succeed(jenkins, many.formatted(ReleasesArgument.MOST));
        server.clearRequests();
        for (String script : List.of(
                many.formatted(ReleasesArgument.MOST + 1),
                "mkFindBuilds releases: (1..101).collect { \"G$it=R\" }.join('\\n')")) {
            assertThat(Scripts.fail(jenkins, script))
                    .contains("releases has more than 100 release groups. Name fewer.");
        }
        assertThat(Scripts.fail(jenkins, "mkFindBuilds releases: [G: 'R' * 1001]"))
                .contains("releases is longer than 1000 characters");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkFindBuilds status: 'finished'",
                "mkFindBuilds limit: 0",
                "mkFindBuilds limit: 1001",
                "mkFindBuilds releases: 'R1'",
                "mkFindBuilds releases: [DWH_GROUP: '']",
                "mkFindBuilds project: 'P', projectId: 3",
                "mkFindBuilds userId: 'x'",
                "mkFindBuilds patern: 'P'",
                "mkGetBuild id: '0'"
            })
    void refuseAndSendNothing(String script) throws Exception {
        assertThat(Scripts.fail(jenkins, script)).contains("Nothing was sent.").doesNotContain("\tat ");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aBuildThatIsNotThereFailsWithItsStatus() throws Exception {
        assertThat(Scripts.succeed(jenkins, "try { mkGetBuild 99 } catch (e) { echo \"$e.status: $e.message\" }"))
                .contains("404: ", "No record found for id '99'");
    }

    @Test
    void workInADeclarativePipelineWithoutANode() throws Exception {
        assertThat(Scripts.succeed(
                        jenkins,
                        "pipeline { agent none; stages { stage('Look') { steps {\n"
                                + "mkFindBuilds(releases: [G: 'R'], limit: 5, patternId: 11)\nmkGetBuild(id: 5139)\n"
                                + "} } } }"))
                .contains("Found 0 builds", "Build 5139 is FINISHED");
    }

    @Test
    void mkDeployNamesTheBuildThatItHasRead() throws Exception {
        assertThat(Scripts.succeed(
                        jenkins,
                        "def made = " + Scripts.DEPLOY + "\necho \"name ${made.buildName}\"\n"
                                + "echo \"found ${mkFindDeployments()[0].buildName}\""))
                .contains("name Build 5139", "found null");
        assertThat(server.requests("GET", BUILDS + "/5139")).hasSize(1);
    }
}
