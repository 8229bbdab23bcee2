package io.jenkins.plugins.metakraftwerk.texts;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Functions;
import hudson.model.Descriptor;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import io.jenkins.plugins.metakraftwerk.builds.BuildParameterDefinition;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.StepForm;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.history.Past;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.localizer.LocaleProvider;

/** A browser that prefers German gets German, whatever the language of the controller is. */
class GermanTest {

    private static final String PACKAGE = "io.jenkins.plugins.metakraftwerk.";

    private static final LocaleProvider OF_THE_HARNESS = LocaleProvider.getProvider();

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static FreeStyleProject job;

    private final StandInServer server = SHARED.server();

    @BeforeAll
    static void createJob() throws Exception {
        // As a Jenkins outside of a test does when it starts.
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Functions.getCurrentLocale();
            }
        });
        job = SHARED.jenkins().createFreeStyleProject("job");
        DeployBuilder builder = new DeployBuilder(String.valueOf(StandInDefaults.FINISHED_BUILD));
        builder.setPattern(StandInDefaults.PATTERN);
        builder.setDeployment(StandInDefaults.DEV);
        builder.setAgentGroup(StandInDefaults.AGENT_GROUP);
        job.getBuildersList().add(builder);
    }

    @AfterAll
    static void speakAsBefore() {
        LocaleProvider.setProvider(OF_THE_HARNESS);
    }

    /** All that this plugin adds to forms, and that may so have help. */
    static List<Descriptor<?>> descriptors() {
        List<Descriptor<?>> all = new ArrayList<>();
        for (Descriptor<?> descriptor : SHARED.jenkins().jenkins.getExtensionList(Descriptor.class)) {
            if (descriptor.clazz.getName().startsWith(PACKAGE)) {
                all.add(descriptor);
            }
        }
        return all;
    }

    static List<Path> germanBundles() {
        return TextFiles.files(TextFiles.RESOURCES, "_de.properties").toList();
    }

    private static TreeSet<String> fieldsOf(Class<?> type) {
        Path house = TextFiles.RESOURCES.resolve(PACKAGE.replace('.', '/'));
        Path config =
                TextFiles.RESOURCES.resolve(type.getName().replace('.', '/')).resolve("config.jelly");
        String form = Files.exists(config) ? TextFiles.text(config) : "";
        String shared = TextFiles.matches("page=\"(\\w+.jelly)\"", form).stream()
                .map(page -> TextFiles.text(house.resolve("form/StepForm/" + page)))
                .collect(Collectors.joining());
        return TextFiles.matches("\\bfield=\"(\\w+)\"", form + shared);
    }

    private static JenkinsRule.WebClient browser(String language) {
        JenkinsRule.WebClient browser = SHARED.jenkins().createWebClient().withJavaScriptEnabled(false);
        browser.addRequestHeader("Accept-Language", language);
        browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
        return browser;
    }

    private static WebResponse get(String language, String path) throws IOException {
        try (JenkinsRule.WebClient browser = browser(language)) {
            return browser.loadWebResponse(
                    new WebRequest(new URL(SHARED.jenkins().getURL(), path)));
        }
    }

    private static String html(String language, String path) throws IOException {
        return get(language, path).getContentAsString();
    }

    /** Names what is missing, since a page is too long to be shown. */
    private static void assertShown(String language, String path, String... texts) throws IOException {
        String html = html(language, path);
        assertThat(texts)
                .allSatisfy(text -> assertThat(html.contains(text))
                        .as("'%s' in '%s' at %s", text, language, path)
                        .isTrue());
    }

    private static void assertHelpIsGerman(String url) throws IOException {
        WebResponse german = get("de", url);
        assertThat(german.getStatusCode()).as(url).isEqualTo(200);
        String text = german.getContentAsString();
        assertThat(text).as(url).isNotEqualTo(html("en", url));
        assertThat(GermanText.faults(text)).as(url).isEmpty();
        assertThat(GermanText.hasGermanWords(text)).as(url).isTrue();
    }

    private static String reasonForNoPatterns(String language) throws IOException {
        try (JenkinsRule.WebClient browser = browser(language)) {
            URL url = new URL(
                    SHARED.jenkins().getURL(),
                    job.getUrl() + "descriptorByName/" + StepForm.InJob.class.getName() + "/fillPatternItems");
            WebRequest request = browser.addCrumb(new WebRequest(url, HttpMethod.POST));
            request.getRequestParameters().add(new NameValuePair("pattern", StandInDefaults.PATTERN));
            return browser.loadWebResponse(request).getContentAsString();
        }
    }

    @Test
    void theFormOfTheBuildStep() throws Exception {
        String form = job.getUrl() + "configure";
        assertShown(
                "de",
                form,
                "MetaKraftwerk-Build in einem Freestyle-Job deployen",
                "Build-ID (erforderlich)",
                "Agentengruppe");
        assertShown("de", form, "Überspringen, wenn dort zuletzt dieser Build deployt wurde");
        assertShown(
                "en", form, "Deploy a MetaKraftwerk build in a freestyle job", "Build id (required)", "Agent group");
    }

    @Test
    void theSystemConfiguration() throws Exception {
        String form = "manage/configure";
        String preferences = "de-DE,de;q=0.9,en;q=0.8";
        assertShown(preferences, form, "Server hinzufügen", "Verbindung testen", "So viele Sekunden lang wiederholen");
        assertShown("en-US", form, "Add server", "Test connection", "Seconds to keep trying");
    }

    @Test
    void everyFieldOfTheBuildStepOffersItsHelp() throws Exception {
        Set<String> offered = new TreeSet<>();
        for (String url :
                TextFiles.matches("helpURL=\"([^\"]*metakraftwerk[^\"]*)\"", html("de", job.getUrl() + "configure"))) {
            if (url.contains("BuildFinishedTrigger")) {
                continue;
            }
            offered.add(url.replaceFirst(".*/help/?", ""));
            assertHelpIsGerman(url);
        }
        Set<String> expected = fieldsOf(DeployBuilder.class);
        // A new build is the way there.
        expected.remove("sendAfterUnknown");
        expected.add("");
        assertThat(offered).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void theHelpOfEachFormAndOfEachOfItsFields(Descriptor<?> descriptor) throws Exception {
        TreeSet<String> fields = fieldsOf(descriptor.clazz);
        fields.add("");
        for (String field : fields) {
            String url = "descriptor/" + descriptor.getId() + "/help/" + field;
            // A form of a job has its help at the job, and the form itself may have none.
            if (descriptor instanceof StepDescriptor || get("de", url).getStatusCode() != 404) {
                assertHelpIsGerman(url);
            }
        }
    }

    @Test
    void everyFormIsJudged() {
        List<? extends Class<?>> judged =
                descriptors().stream().map(form -> form.clazz).toList();
        for (Path form : HelpTest.forms()) {
            assertThat(judged.contains(TextFiles.owner(form)))
                    .as(form.toString())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("germanBundles")
    void noTextIsEnglishOrQuotesAsInEnglish(Path bundle) {
        TextFiles.entries(bundle).forEach((key, text) -> {
            String shown = text.replace("''", "'");
            assertThat(GermanText.faults(shown)).as("%s: %s", key, shown).isEmpty();
        });
    }

    @Test
    void theFailureOfTheServerInADropDown() throws Exception {
        server.fault("GET", "/api/v1/patterns", 2, Fault.error(403, "You may not see patterns"));
        assertThat(reasonForNoPatterns("de"))
                .contains("hat auf GET /patterns mit 403 geantwortet: You may not see patterns. Das Konto");
        assertThat(reasonForNoPatterns("en"))
                .contains("answered 403 to GET /patterns: You may not see patterns. The account");
    }

    @Test
    void whatIsDeployedWhere() throws Exception {
        Past.forJob(job).adopted(StandInDefaults.DEV, StandInDefaults.DEV_ID, StandInDefaults.FINISHED_BUILD, 1);
        assertShown("de", "metakraftwerk/", "Was wo deployt ist", "bekannt seit", "Mit dem Server vergleichen");
        assertShown("en", "metakraftwerk/", "What is deployed where", "known since", "Compare with the server");
        assertShown("de", job.getUrl(), "Letztes MetaKraftwerk-Deployment:");
    }

    @Test
    void theFieldThatAsksForABuild() throws Exception {
        FreeStyleProject asking = SHARED.jenkins().createFreeStyleProject();
        asking.addProperty(new ParametersDefinitionProperty(new BuildParameterDefinition("MK_BUILD")));
        String form = asking.getUrl() + "build?delay=0sec";
        assertShown("de", form, "Build auswählen oder seine ID eingeben");
        assertShown("en", form, "choose a build, or type its id");
    }

    @Test
    void thePageOfABuild() throws Exception {
        FreeStyleBuild build = SHARED.jenkins().buildAndAssertSuccess(job);
        assertShown("de", build.getUrl(), "MetaKraftwerk-Deployments", "Build-Deployment 1 (erzeugt)");
        String page = build.getUrl() + "metakraftwerk";
        assertShown("de", page, "Ergebnis", "DEV_AGENTS", "Gruppe #41", "erzeugt", "metaKraftwerkDeploy");
        assertThat(html("de", page).contains("agent group")).isFalse();
    }
}
