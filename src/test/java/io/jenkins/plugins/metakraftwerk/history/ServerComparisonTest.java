package io.jenkins.plugins.metakraftwerk.history;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST_ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.AbortException;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.FormLimits;
import io.jenkins.plugins.metakraftwerk.server.ServerCredential;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What others did on the server, beside what this Jenkins knows. */
class ServerComparisonTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final StandInServer server = SHARED.server();
    private Folder folder;
    private FreeStyleProject job;

    @BeforeEach
    void createJob() throws Exception {
        folder = SHARED.jenkins().createProject(Folder.class, "team");
        job = folder.createProject(FreeStyleProject.class, "app");
    }

    @AfterEach
    void removeJobs() throws Exception {
        Past.forgetAll();
    }

    private long foreign(long build, long deployment) {
        return server.addBuildDeployment(build, PATTERN_ID, deployment, null, null);
    }

    /** What is said of each deployment of the job, by its name; state and text. */
    private Map<String, String> compared() {
        OverviewSubject place = new OverviewSubject(job);
        Map<String, String> names = place.lines().stream()
                .collect(Collectors.toMap(
                        line -> line.key().hash(), line -> line.last().deployment()));
        return answer(names.keySet()).targets().stream()
                .collect(Collectors.toMap(
                        result -> names.get(result.get("target")),
                        result -> result.get("state") + ": " + result.get("text")));
    }

    private ServerComparison.Result answer(Set<String> hashes) {
        try {
            return new ServerComparison(new OverviewSubject(job)).compare(hashes);
        } catch (AbortException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int lists() {
        return server.requests("GET", StandInServer.BUILD_DEPLOYMENTS).size();
    }

    @Test
    void tellsWhatSomebodyDeployedPastThisJenkins() {
        long dev = foreign(5139, DEV_ID);
        long test = foreign(5139, TEST_ID);
        Past.forJob(job).created(DEV, DEV_ID, 5139, dev).created(TEST, TEST_ID, 5139, test);
        Past.forJob(job).created(PROD, PROD_ID, 5139, 999);
        long past = foreign(5150, TEST_ID);
        assertThat(compared())
                .containsEntry(DEV, "same: the same on the server (build deployment " + dev + ")")
                .containsEntry(TEST, "other: 5150, not by this Jenkins (build deployment " + past + ")")
                .containsEntry(PROD, "other: the server has no build deployment of it");
        assertThat(lists()).as("One request for a pattern").isEqualTo(1);
    }

    @Test
    void theSameBuildThatOthersDeployedAgainIsNoOther() {
        Past.forJob(job).created(DEV, DEV_ID, 5139, foreign(5139, DEV_ID));
        long again = foreign(5139, DEV_ID);
        assertThat(compared())
                .containsEntry(DEV, "same: 5139, deployed again by others (build deployment " + again + ")");
    }

    @Test
    void aRecordOfAnAttemptWithoutAnswerIsPerhapsItsOwn() {
        Past.forJob(job).created(DEV, DEV_ID, 5139, foreign(5139, DEV_ID)).unknown(DEV, DEV_ID, 5140, "Lost");
        long record = foreign(5140, DEV_ID);
        assertThat(compared())
                .containsEntry(DEV, "other: 5140, perhaps by this Jenkins (build deployment " + record + ")");
    }

    /** Where a step names what it deploys, what fails early knows no ids. */
    @Test
    void anAttemptThatKnowsNamesOnlyTakesNothingAway() {
        long test = foreign(5139, TEST_ID);
        Past.forJob(job)
                .created(TEST, TEST_ID, 5139, test)
                .created(PROD, PROD_ID, 5139, foreign(5139, PROD_ID))
                .pattern(PATTERN, null)
                .failed(TEST, null, 5141, "It is frozen");
        long past = foreign(5150, TEST_ID);
        assertThat(compared()).containsEntry(TEST, "other: 5150, not by this Jenkins (build deployment " + past + ")");
        assertThat(ShownPattern.from(new OverviewSubject(job).lines()).get(0).getTargets())
                .extracting(ShownTarget::getName)
                .containsExactly(TEST, PROD);
    }

    @Test
    void aRecordOfAnotherJobIsNotForeign() throws Exception {
        long mine = foreign(5139, DEV_ID);
        long others = foreign(5140, DEV_ID);
        Past.forJob(job).created(DEV, DEV_ID, 5139, mine);
        Past.forJob(folder.createProject(FreeStyleProject.class, "other")).created(DEV, DEV_ID, 5140, others);
        assertThat(compared())
                .containsEntry(
                        DEV,
                        "other: 5140, by " + folder.getDisplayName() + " » other (build deployment " + others + ")");
    }

    @Test
    void aRecordIsFoundWhereverThisJenkinsRemembersIt() throws Exception {
        FreeStyleProject other = folder.createProject(FreeStyleProject.class, "other");
        FreeStyleProject gone = folder.createProject(FreeStyleProject.class, "gone");
        Past.forJob(job)
                .created(DEV, DEV_ID, 1, 901)
                .created(TEST, TEST_ID, 1, 902)
                .created(PROD, PROD_ID, 1, 903);
        long dev = foreign(5140, DEV_ID);
        // Only the history still has it, as the target has a later one.
        Past.forJob(other).created(DEV, DEV_ID, 5140, dev).created(DEV, DEV_ID, 5141, 904);
        long test = foreign(5142, TEST_ID);
        Past.forJob(gone).created(TEST, TEST_ID, 5142, test);
        gone.delete();
        long prod = foreign(5143, PROD_ID);
        // The same number at another target is another record.
        Past.forJob(other).created(DEV, DEV_ID, 5143, prod);
        assertThat(compared())
                .containsEntry(DEV, "other: 5140, by team » other (build deployment " + dev + ")")
                .containsEntry(TEST, "other: 5142, by another job of this Jenkins (build deployment " + test + ")")
                .containsEntry(PROD, "other: 5143, not by this Jenkins (build deployment " + prod + ")");
    }

    @Test
    void onlyWhatIsShownIsComparedAndFiftyPatternsAtMost() {
        for (int i = 0; i <= ServerComparison.MOST_PATTERNS; i++) {
            Past.forJob(job).pattern("P" + (100 + i), 100L + i).created("D" + (100 + i), 200 + i, 5139, i + 1);
        }
        assertThat(compared().values())
                .filteredOn(text -> text.equals("notCompared: not compared: too many patterns at once"))
                .hasSize(1);
        assertThat(lists()).isEqualTo(ServerComparison.MOST_PATTERNS);
        String one = new OverviewSubject(job).lines().get(0).key().hash();
        assertThat(answer(Set.of(one, "no-such-target")).targets()).hasSize(1);
        assertThat(lists()).isEqualTo(ServerComparison.MOST_PATTERNS + 1);
    }

    @Test
    void aServerThatRefusesIsQuoted() {
        Past.forJob(job).created(DEV, DEV_ID, 5139, 1);
        server.fault("GET", StandInServer.BUILD_DEPLOYMENTS, 1, Fault.error(403, "You may not see them"));
        assertThat(compared().get(DEV))
                .startsWith("notCompared: not compared: ")
                .contains("You may not see them");
    }

    @Test
    void aServerThatDoesNotAnswerHoldsNobodyForLong() {
        Past.forJob(job).created(DEV, DEV_ID, 5139, 1);
        server.holdAll("GET", StandInServer.BUILD_DEPLOYMENTS);
        FormLimits.shortWaits();
        assertThat(compared()).containsEntry(DEV, "notCompared: not compared: no time was left");
    }

    @Test
    void anotherServerThatHasTheNameNowIsNotAsked() {
        Past.forJob(job).created(DEV, DEV_ID, 5139, 1);
        try (StandInServer other = StandInServer.start()) {
            Setup.servers(Setup.server(Setup.SERVER, other.url(), Setup.TOKEN_ID));
            assertThat(compared())
                    .containsEntry(
                            DEV, "notCompared: not compared: server " + Setup.SERVER + " is no longer configured");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void theCredentialIsThatOfAStepInThisPlace() throws Exception {
        Past.forJob(job).created(DEV, DEV_ID, 5139, 1);
        String token = StandInServer.jwt("{\"sub\":\"team\"}");
        Setup.folderCredential(folder, Setup.secretText("of-team", token));
        Setup.inFolder(folder, null, new ServerCredential(Setup.SERVER, "of-team"));
        compared();
        assertThat(server.requests("GET", StandInServer.BUILD_DEPLOYMENTS))
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).endsWith(token));
    }

    @Test
    void whatHasNoIdIsNotCompared() {
        Past.forJob(job).pattern("NEW", null).failed("D", null, 5139, "No");
        assertThat(compared()).containsEntry("D", "notCompared: not compared: its id is not known yet");
    }
}
