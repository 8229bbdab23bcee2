package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.model.Descriptor;
import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.security.Caller.Answer;
import io.jenkins.plugins.metakraftwerk.security.Caller.Verb;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Everybody who may read Jenkins can call every web method of every descriptor. So each of them is called by everybody,
 * in every way, in every place, and has to answer as the rule says; who is refused causes no request to the server.
 */
class WebMethodsTest {

    private static final List<String> USERS =
            List.of("anonymous", "reader", "itemReader", "looker", "user", "configurer", "manager", "admin");

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static Map<String, String> places;

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @BeforeAll
    static void createJobsAndUsers() throws Exception {
        JenkinsRule jenkins = SHARED.jenkins();
        Folder folder = jenkins.createProject(Folder.class, "folder");
        places = Map.of(
                "root", "",
                "folder", folder.getUrl(),
                "freestyle", jenkins.createFreeStyleProject("freestyle").getUrl(),
                "pipeline", folder.createProject(WorkflowJob.class, "pipeline").getUrl());
        Setup.secure(jenkins)
                .let("reader itemReader looker user configurer manager", Jenkins.READ)
                .let("itemReader looker user configurer manager", Item.READ)
                .let("looker", Item.EXTENDED_READ)
                .let("user", CredentialsProvider.USE_ITEM)
                .let("configurer", Item.CONFIGURE)
                .let("manager", Jenkins.MANAGE, Jenkins.SYSTEM_READ, CredentialsProvider.VIEW)
                .let("admin", Jenkins.ADMINISTER);
    }

    /** Values with which a method that is let through does get to the server. */
    private Map<String, String> values() {
        return Map.ofEntries(
                Map.entry("server", Setup.SERVER),
                Map.entry("credentialsId", Setup.TOKEN_ID),
                Map.entry("url", server.url()),
                Map.entry("pattern", StandInDefaults.PATTERN),
                Map.entry("patternId", ""),
                Map.entry("search", ""),
                Map.entry("deployment", "CURRENT"),
                Map.entry("deploymentId", ""),
                Map.entry("agent", ""),
                Map.entry("agentId", ""),
                Map.entry("agentGroup", "CURRENT"),
                Map.entry("agentGroupId", ""),
                Map.entry("value", ""));
    }

    /** The rule. A method that it does not know fails here, so that whoever adds one decides who may call it. */
    private static Answer expected(WebMethod method, String place, String user) {
        boolean admin = user.equals("admin");
        boolean inItem = !place.equals("root");
        boolean mayChoose =
                admin || (inItem && Set.of("looker", "user", "configurer").contains(user));
        boolean maySpend = admin || (inItem && Set.of("user", "configurer").contains(user));
        if (user.equals("anonymous")) {
            return Answer.REFUSED;
        }
        if (inItem && user.equals("reader")) {
            return Answer.REFUSED;
        }
        if (method.isGlobal()) {
            if (method.name().equals("doFillCredentialsIdItems")) {
                return admin ? Answer.GIVEN : Answer.CURRENT_VALUE_ONLY;
            }
            return admin ? Answer.GIVEN : Answer.REFUSED;
        }
        return switch (method.name()) {
            case "doFillServerItems", "doFillCredentialsIdItems", "doFillDefaultServerItems" ->
                mayChoose ? Answer.GIVEN : Answer.CURRENT_VALUE_ONLY;
            case "doFillPatternItems",
                    "doFillProjectItems",
                    "doFillDeploymentItems",
                    "doFillAgentGroupItems",
                    "doFillAgentItems",
                    "doFillBuildIdItems",
                    "doFillIdItems" -> maySpend ? Answer.GIVEN : Answer.REASON_ONLY;
            // It sends names and ids to a configured server, and no address, so nobody needs Job/Configure.
            case "doCheckNow" -> maySpend ? Answer.GIVEN : Answer.REASON_ONLY;
            // No job here has such a parameter; BuildListTest and BuildInputTest know who gets the list of one.
            case "doFillValueItems" -> Answer.REASON_ONLY;
            case "doCheckDefaultValue" -> Answer.GIVEN;
            case "doCompare" -> maySpend ? Answer.GIVEN : Answer.REFUSED;
            // Of an attempt that is not there; TargetSettlementTest knows who may of one that is.
            case "doIsThere", "doIsNotThere" -> Answer.REFUSED;
            case "doClear", "doPutAside" -> admin ? Answer.GIVEN : Answer.REFUSED;
            case "doFillStatusItems",
                    "doCheckProjectId",
                    "doCheckUserId",
                    "doCheckId",
                    "doCheckName",
                    "doCheckServer",
                    "doCheckDefaultServer",
                    "doCheckBuildId",
                    "doCheckPatternId",
                    "doCheckDeploymentId",
                    "doCheckPattern",
                    "doCheckProject",
                    "doCheckUser",
                    "doCheckDeployment",
                    "doCheckAgentGroup",
                    "doCheckAgent",
                    "doCheckAgentId",
                    "doCheckAgentGroupId",
                    "doCheckSpec",
                    "doCheckWaitMinutes" -> Answer.GIVEN;
            default -> throw new AssertionError("Say here who may call " + method);
        };
    }

    @TestFactory
    List<DynamicTest> everybodyCallsEverythingInEveryWay() {
        return WebMethod.all().stream()
                .map(method -> DynamicTest.dynamicTest(method.toString(), () -> tryAll(method)))
                .toList();
    }

    private void tryAll(WebMethod method) throws Exception {
        Map<String, String> query = method.query(values());
        for (String place : places.keySet()) {
            for (String user : USERS) {
                for (Verb verb : Verb.values()) {
                    server.clearRequests();
                    Answer answer = new Caller(jenkins, user).call(verb, places.get(place) + method.path(), query);
                    Answer expected = verb == Verb.POST ? expected(method, place, user) : Answer.REFUSED;
                    String call = verb + " " + method + " in " + place + " by " + user;
                    assertThat(answer).as(call).isEqualTo(expected);
                    if (expected != Answer.GIVEN) {
                        assertThat(server.requests()).as(call).isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void theMethodsAreFound() {
        assertThat(WebMethod.all())
                .hasSizeGreaterThan(20)
                .extracting(WebMethod::name)
                .contains("doTestConnection", "doFillPatternItems", "doFillCredentialsIdItems", "doCheckBuildId");
    }

    @ParameterizedTest
    @CsvSource({"doTestConnection, 1", "doCheckNow, 6"})
    void whoMayDoesGetToTheServer(String name, int requests) throws Exception {
        WebMethod list = WebMethod.all().stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow();
        server.clearRequests();
        new Caller(jenkins, "admin").call(Verb.POST, list.path(), list.query(values()));
        assertThat(server.requests()).hasSize(requests);
    }

    /** What a browser could call elsewhere would not be found above. */
    @Test
    void onlyDescriptorsHaveWebMethods() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.jenkins.plugins.metakraftwerk");
        assertThat(classes).hasSizeGreaterThan(50);
        for (var type : classes) {
            assertThat(type.getMethods())
                    .as(type.getName())
                    .noneMatch(method -> method.isAnnotatedWith("org.kohsuke.stapler.WebMethod")
                            || method.isAnnotatedWith("org.kohsuke.stapler.bind.JavaScriptMethod")
                            || method.getName().startsWith("js"));
            if (!type.isAssignableTo(Descriptor.class)) {
                assertThat(type.getMethods())
                        .as(type.getName())
                        .noneMatch(method -> method.getName().matches("do[A-Z].*"));
            }
        }
    }
}
