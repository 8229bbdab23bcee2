package io.jenkins.plugins.metakraftwerk.security;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST_ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Items;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.history.OverviewForm;
import io.jenkins.plugins.metakraftwerk.history.Past;
import io.jenkins.plugins.metakraftwerk.security.Caller.Verb;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Everybody sees of the overview what their permissions let them see, and nobody can tell that there is more. */
class OverviewAccessTest {

    private static final String PAGE = "metakraftwerk/";

    /** A build whose id stands nowhere in a page by chance. */
    private static final long LATER = 987_654;

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private Folder sales;
    private Folder finance;

    @BeforeEach
    void createJobsAndUsers() throws Exception {
        Past.forgetAll();
        sales = jenkins.createProject(Folder.class, "sales");
        finance = jenkins.createProject(Folder.class, "finance");
        Past.forJob(sales.createProject(FreeStyleProject.class, "app"))
                .by("sam")
                .created(DEV, DEV_ID, 5139, 1);
        Past.forJob(finance.createProject(FreeStyleProject.class, "app"))
                .by("fay")
                .created(DEV, DEV_ID, LATER, 2)
                .created(PROD, PROD_ID, LATER, 3);
        Setup.secure(jenkins)
                .let("reader seller spender admin", Jenkins.READ)
                .let("admin", Jenkins.ADMINISTER)
                .grant(Item.READ)
                .onFolders(sales)
                .to("seller", "spender")
                .grant(CredentialsProvider.USE_ITEM)
                .onFolders(sales)
                .to("spender");
    }

    private String get(String user, String path) throws Exception {
        return new Caller(jenkins, user).send(Verb.GET, path, Map.of()).body();
    }

    private int status(String user, String path) throws Exception {
        return new Caller(jenkins, user).send(Verb.GET, path, Map.of()).statusCode();
    }

    private List<JSONObject> targets(String user, String path) throws Exception {
        JSONArray all =
                JSONObject.fromObject(get(user, path + PAGE + "api/json")).getJSONArray("targets");
        return IntStream.range(0, all.size()).mapToObj(all::getJSONObject).toList();
    }

    private String history(String deployment) throws Exception {
        String page = get("admin", PAGE);
        return page.replaceAll(
                "(?s).*href=\"(target/\\w+/)\"[^>]*data-more=\"[^\"]*→ " + deployment + "\\s.*", PAGE + "$1");
    }

    @Test
    void whoMayReadOneFolderSeesWhatItDidAlsoWhereAnotherCameLater() throws Exception {
        for (String user : List.of("seller", "spender")) {
            for (String place : List.of("", sales.getUrl())) {
                assertThat(targets(user, place)).hasSize(1).allSatisfy(target -> {
                    assertThat(target.getLong("buildId")).isEqualTo(5139);
                    assertThat(target.getString("users")).isEqualTo("[\"sam\"]");
                });
                assertThat(get(user, place + PAGE))
                        .contains("5139")
                        .doesNotContain(String.valueOf(LATER), "finance", "fay", PROD);
            }
            assertThat(status(user, finance.getUrl() + PAGE)).isEqualTo(404);
            assertThat(get(user, history(DEV))).contains("5139").doesNotContain(String.valueOf(LATER), "fay");
            assertThat(status(user, history(PROD))).isEqualTo(404);
            assertThat(status(user, history(PROD) + "api/json")).isEqualTo(404);
        }
        assertThat(targets("admin", ""))
                .hasSize(2)
                .allSatisfy(target -> assertThat(target.getLong("buildId")).isEqualTo(LATER));
        assertThat(targets("reader", "")).isEmpty();
        assertThat(status("anonymous", PAGE)).isEqualTo(403);
    }

    @Test
    void aJobThatWasMovedDoesNotTellWhereItWas() throws Exception {
        FreeStyleProject ledger = finance.createProject(FreeStyleProject.class, "ledger");
        Past.forJob(ledger)
                .created(TEST, TEST_ID, 5140, 7)
                .failed(TEST, TEST_ID, 5141, "It does not lend its credential to 'finance/ledger'.");
        Items.move(ledger, sales);
        for (String path : List.of(PAGE, PAGE + "api/json", history(TEST), history(TEST) + "api/json")) {
            assertThat(get("seller", path)).contains("ledger #1").doesNotContain("finance");
        }
        assertThat(get("seller", history(TEST))).contains("sales/ledger'.");
        sales.getItem("ledger").delete();
        assertThat(get("admin", PAGE)).contains("sales » ledger #1 (deleted)");
    }

    @Test
    void deletingAFolderTellsNobodyWhatItDid() throws Exception {
        finance.delete();
        assertThat(targets("reader", "")).isEmpty();
        String atDev = get("seller", PAGE + "api/json");
        assertThat(atDev)
                .contains(String.valueOf(LATER), "\"credentialsId\":null", "\"serverUrl\":null")
                .doesNotContain("finance", "fay", PROD);
        for (String page : List.of(PAGE, history(DEV), history(DEV) + "api/json")) {
            assertThat(get("seller", page)).contains(String.valueOf(LATER)).doesNotContain("finance", "fay", PROD);
        }
        assertThat(status("seller", history(PROD))).isEqualTo(404);
        assertThat(targets("admin", "")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"reader, false", "seller, true", "admin, true"})
    void theLinkIsForThoseWhoMayReadSomething(String user, boolean shown) throws Exception {
        assertThat(get(user, "").contains("/metakraftwerk\"")).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"seller, false, false", "spender, false, true", "admin, true, true"})
    void theButtonIsForThoseWhoMaySpendACredentialThere(String user, boolean atRoot, boolean inFolder)
            throws Exception {
        assertThat(get(user, PAGE).contains("metakraftwerk-compare\"")).isEqualTo(atRoot);
        assertThat(get(user, sales.getUrl() + PAGE).contains("metakraftwerk-compare\""))
                .isEqualTo(inFolder);
    }

    @Test
    void anAdministratorClearsAHistoryAndIsAskedTwice() throws Exception {
        String history = history(DEV);
        assertThat(get("spender", history)).doesNotContain("confirmation-link");
        assertThat(get("admin", history)).contains("confirmation-link", "data-post=\"true\"", "/clear?target=");
        String hash = history.replaceAll(".*/(\\w+)/", "$1");
        Map<String, String> target = Map.of("target", hash);
        String clear = "descriptorByName/" + OverviewForm.class.getName() + "/clear";
        new Caller(jenkins, "spender").send(Verb.POST, sales.getUrl() + clear, target);
        new Caller(jenkins, "admin").send(Verb.GET, clear, target);
        assertThat(targets("admin", "")).hasSize(2);
        assertThat(new Caller(jenkins, "admin").send(Verb.POST, clear, target).statusCode())
                .isEqualTo(302);
        assertThat(targets("admin", "")).hasSize(1);
    }

    @Test
    void whoMaySpendComparesWhatIsSeenAndNothingElse() throws Exception {
        String both = history(DEV).replaceAll(".*/(\\w+)/", "$1") + ","
                + history(PROD).replaceAll(".*/(\\w+)/", "$1");
        String answer = new Caller(jenkins, "spender")
                .send(
                        Verb.POST,
                        sales.getUrl() + "descriptorByName/" + OverviewForm.class.getName() + "/compare",
                        Map.of("targets", both))
                .body();
        assertThat(JSONObject.fromObject(answer)
                        .getJSONObject("data")
                        .getJSONArray("targets")
                        .size())
                .isEqualTo(1);
    }
}
