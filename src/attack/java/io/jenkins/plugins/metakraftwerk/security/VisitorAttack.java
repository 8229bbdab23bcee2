package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkFolderProperty;
import io.jenkins.plugins.metakraftwerk.server.ServerCredential;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who only clicks and types in forms, with little or with much of a permission. */
class VisitorAttack {

    private static final int CLICKS = 50;
    private static final int TOO_LARGE = 413;

    /** The longest that forms of Jenkins let through. */
    private static final String LONG = "y".repeat(100_000);

    @RegisterExtension
    final Siege siege = new Siege();

    /**
     * Every web method there is, with each of its arguments as long as forms let through, and then with more than that.
     */
    private static void callAll(Attacker attacker, String place) throws Exception {
        for (WebMethod method : WebMethod.all()) {
            Map<String, String> usual = method.query(Map.of());
            for (String argument : usual.keySet()) {
                assertThat(attacker.post(place + method.path(), method.query(Map.of(argument, LONG))))
                        .as("an answer to a long " + argument + " of " + method)
                        .isNotEqualTo(TOO_LARGE);
            }
            attacker.post(
                    place + method.path(),
                    method.query(usual.keySet().stream().limit(1).collect(Collectors.toMap(name -> name, name -> Siege.HUGE))));
        }
    }

    @Test
    void nobodyAndWhoMayReadJenkins() throws Throwable {
        siege.run((jenkins, rights) -> {
            rights.let("reader", Jenkins.READ);
            siege.server().clearRequests();
            for (String user : List.of("anonymous", "reader")) {
                Attacker attacker = new Attacker(jenkins, user);
                callAll(attacker, "");
                for (String page : List.of(
                        "",
                        "metakraftwerk/",
                        "metakraftwerk/api/json",
                        "pipeline-syntax/",
                        "job/" + Siege.VICTIM + "/",
                        "job/" + Siege.VICTIM + "/metakraftwerk/",
                        "job/" + Siege.VICTIM + "/metakraftwerk-polling/",
                        "job/" + Siege.VICTIM + "/1/metakraftwerk/",
                        "job/" + Siege.VICTIM + "/1/metakraftwerk/api/json")) {
                    attacker.get(page);
                }
                // What is asked for is in the answer that it is not there.
                assertThat(attacker.wasTold(List.of(Setup.TOKEN_ID, siege.server().url()))).isNull();
            }
            assertThat(siege.server().requests()).isEmpty();
        });
    }

    @Test
    void whoMaySpendTheCredentialOfAJob() throws Throwable {
        siege.run((jenkins, rights) -> {
            FreeStyleProject job = jenkins.createFreeStyleProject(Siege.LENT);
            rights.let("spender", Jenkins.READ);
            rights.grant(Item.READ, CredentialsProvider.USE_ITEM).onItems(job).to("spender");
            Attacker spender = new Attacker(jenkins, "spender");
            callAll(spender, job.getUrl());
            String compare = job.getUrl()
                    + "descriptorByName/io.jenkins.plugins.metakraftwerk.history.OverviewForm/compare";
            atOnce(CLICKS, () -> spender.post(compare, Map.of("targets", LONG)));
            assertThat(spender.wasTold(List.of(Siege.VICTIM))).isNull();
        });
    }

    private static void atOnce(int times, Callable<Integer> click)
            throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(times);
        try {
            List<Future<Integer>> clicks = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                clicks.add(people.submit(click));
            }
            for (Future<Integer> one : clicks) {
                assertThat(one.get()).as("an answer, if only that it is too much").isPositive();
            }
        } finally {
            people.shutdownNow();
        }
    }

    /** What is stored may be refused, and is to lose nobody's folder. */
    @Test
    void whoConfiguresAFolder() throws Throwable {
        siege.run((jenkins, rights) -> {
            Folder folder = jenkins.createProject(Folder.class, "folder");
            rights.let("owner", Jenkins.READ);
            rights.grant(Item.READ, Item.CONFIGURE).onItems(folder).to("owner");
            Attacker owner = new Attacker(jenkins, "owner");
            callAll(owner, folder.getUrl());
            MetaKraftwerkFolderProperty property = new MetaKraftwerkFolderProperty();
            for (Runnable typed : List.<Runnable>of(
                    () -> property.setDefaultServer(Siege.HUGE),
                    () -> property.setCredentials(List.of(new ServerCredential(Setup.SERVER, Siege.HUGE))),
                    () -> property.setCredentials(List.of(new ServerCredential(Siege.HUGE, Setup.TOKEN_ID))))) {
                try {
                    typed.run();
                    folder.addProperty(property);
                } catch (RuntimeException | IOException refused) {
                    assertThat(refused.getMessage()).as("said in few words").hasSizeLessThan(2_000);
                }
                FreeStyleProject job = folder.createProject(FreeStyleProject.class, "job" + typed.hashCode());
                var step = new DeployBuilder("5139");
                step.setPattern("CORE_DV_HLS");
                step.setDeployment("DEPLOY_TO_DEV");
                job.getBuildersList().add(step);
                owner.read(job.scheduleBuild2(0).get());
            }
            siege.assertToldOnlyWhichCredentialsThereAre(owner);
        });
    }

    /** Even an administrator breaks nothing by what is typed. */
    @Test
    void whoConfiguresJenkins() throws Throwable {
        siege.run((jenkins, rights) -> {
            rights.let("admin", Jenkins.ADMINISTER);
            callAll(new Attacker(jenkins, "admin"), "");
        });
    }
}
