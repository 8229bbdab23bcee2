package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.model.Descriptor;
import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.security.Caller.Answer;
import io.jenkins.plugins.metakraftwerk.security.Caller.Verb;
import io.jenkins.plugins.metakraftwerk.server.Setup;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Everybody who may read Jenkins can call every web method of every descriptor. So each of them is called by everybody,
 * in every way, in every place, and has to answer as the rule says; who is refused causes no request to the server.
 */
@WithJenkins
class WebMethodsTest {

    private static final List<String> USERS =
            List.of("anonymous", "reader", "itemReader", "looker", "user", "configurer", "manager", "admin");

    private static JenkinsRule jenkins;
    private static StandInServer server;
    private static Map<String, String> places;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        server = StandInServer.start();
        Setup.systemCredential(Setup.secretText(CredentialsScope.GLOBAL, "shared", server.token()));
        Setup.servers(Setup.server("main", server.url(), "shared"));
        Folder folder = jenkins.createProject(Folder.class, "folder");
        places = Map.of(
                "root", "",
                "folder", folder.getUrl(),
                "freestyle", jenkins.createFreeStyleProject("freestyle").getUrl(),
                "pipeline", folder.createProject(WorkflowJob.class, "pipeline").getUrl());
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "itemReader", "looker", "user", "configurer", "manager")
                .grant(Item.READ)
                .everywhere()
                .to("itemReader", "looker", "user", "configurer", "manager")
                .grant(Item.EXTENDED_READ)
                .everywhere()
                .to("looker")
                .grant(CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("user")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.MANAGE, Jenkins.SYSTEM_READ, CredentialsProvider.VIEW)
                .everywhere()
                .to("manager")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Values with which a method that is let through does get to the server. */
    private static Map<String, String> values() {
        return Map.of(
                "server", "main",
                "credentialsId", "shared",
                "url", server.url(),
                "pattern", StandInDefaults.PATTERN,
                "patternId", "",
                "deployment", "CURRENT",
                "agentGroup", "CURRENT");
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
            case "doFillServerItems", "doFillCredentialsIdItems" ->
                mayChoose ? Answer.GIVEN : Answer.CURRENT_VALUE_ONLY;
            case "doFillPatternItems", "doFillDeploymentItems", "doFillAgentGroupItems" ->
                maySpend ? Answer.GIVEN : Answer.REASON_ONLY;
            case "doCheckId",
                    "doCheckBuildId",
                    "doCheckPatternId",
                    "doCheckDeploymentId",
                    "doCheckAgentId",
                    "doCheckAgentGroupId",
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

    private static void tryAll(WebMethod method) throws Exception {
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

    @Test
    void whoMayDoesGetToTheServer() throws Exception {
        WebMethod list = WebMethod.all().stream()
                .filter(method -> method.name().equals("doTestConnection"))
                .findFirst()
                .orElseThrow();
        server.clearRequests();
        new Caller(jenkins, "admin").call(Verb.POST, list.path(), list.query(values()));
        assertThat(server.requests()).hasSize(1);
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
