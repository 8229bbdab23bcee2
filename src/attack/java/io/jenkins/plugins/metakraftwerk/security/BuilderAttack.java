package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.metakraftwerk.builds.BuildParameterDefinition;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** Who starts jobs of others, and says what their parameters are: with Job/Build. */
class BuilderAttack {

    private static final int LANGUAGES = 120;

    @RegisterExtension
    final Siege siege = new Siege();

    private static final String[] FIELDS = {"BUILD", "PATTERN", "DEPLOYMENT", "AGENT", "SERVER", "CRED"};

    /** What a build step takes from parameters. */
    private static FreeStyleProject job(JenkinsRule jenkins, Setup.Rights rights) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("takes-all");
        StringParameterDefinition[] parameters = new StringParameterDefinition[FIELDS.length];
        for (int i = 0; i < FIELDS.length; i++) {
            parameters[i] = new StringParameterDefinition(FIELDS[i], "1");
        }
        job.addProperty(new ParametersDefinitionProperty(parameters));
        DeployBuilder step = new DeployBuilder("${BUILD}");
        step.setPattern("${PATTERN}");
        step.setDeployment("${DEPLOYMENT}");
        step.setAgent("${AGENT}");
        step.setServer("${SERVER}");
        step.setCredentialsId("${CRED}");
        job.getBuildersList().add(step);
        letBuild(job, rights);
        return job;
    }

    private static void letBuild(Item job, Setup.Rights rights) {
        rights.let("builder", Jenkins.READ);
        rights.grant(Item.READ, Item.BUILD).onItems(job).to("builder");
    }

    @Test
    void hugeTextsInEachParameter() throws Throwable {
        siege.run((jenkins, rights) -> {
            Attacker builder = new Attacker(jenkins, "builder");
            FreeStyleProject job = job(jenkins, rights);
            for (String huge : FIELDS) {
                for (int i = 0; i < 3; i++) {
                    // As the step 'build' of another job does it, which no form bounds.
                    var build = job.scheduleBuild2(
                                    0, new ParametersAction(new StringParameterValue(huge, Siege.HUGE)))
                            .get();
                    builder.read(build);
                }
                builder.post(job.getUrl() + "buildWithParameters", Map.of(huge, Siege.HUGE));
                builder.post(job.getUrl() + "buildWithParameters", Map.of(huge, "y".repeat(100_000)));
            }
            jenkins.waitUntilNoActivity();
            siege.assertToldNothing(builder);
        });
    }

    /** The list that a build parameter offers. */
    @Test
    void manyLanguagesAndLettersTyped() throws Throwable {
        siege.run((jenkins, rights) -> {
            Attacker builder = new Attacker(jenkins, "builder");
            FreeStyleProject job = jenkins.createFreeStyleProject(Siege.LENT);
            BuildParameterDefinition parameter = new BuildParameterDefinition("MK_BUILD");
            parameter.setPattern(StandInDefaults.PATTERN);
            job.addProperty(new ParametersDefinitionProperty(parameter));
            letBuild(job, rights);
            rights.grant(CredentialsProvider.USE_ITEM).onItems(job).to("builder");
            siege.server().clearRequests();
            String list = job.getUrl() + "descriptorByName/" + BuildParameterDefinition.class.getName();
            for (int i = 0; i < LANGUAGES; i++) {
                String language = "" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
                builder.post(
                        list + "/fillValueItems", Map.of("name", "MK_BUILD", "value", "5" + i), language + ", en;q=0.1");
            }
            assertThat(siege.server().requests()).hasSizeLessThanOrEqualTo(2);
            assertThat(builder.wasTold(List.of(Siege.VICTIM))).isNull();
            builder.post(list + "/fillValueItems", Map.of("name", Siege.HUGE, "value", Siege.HUGE));
            builder.post(job.getUrl() + "buildWithParameters", Map.of("MK_BUILD", Siege.HUGE));
            builder.post(job.getUrl() + "buildWithParameters", Map.of("MK_BUILD", "5".repeat(100_000)));
            jenkins.waitUntilNoActivity();
        });
    }
}
