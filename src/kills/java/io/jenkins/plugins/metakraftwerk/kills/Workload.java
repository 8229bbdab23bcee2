package io.jenkins.plugins.metakraftwerk.kills;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Jobs that deploy: a Pipeline of each durability, and freestyle jobs. Each step deploys a build of its own; but some, in all
 * jobs at once, the same one with {@code skipIfDeployed}, and some without, so that their records look alike.
 */
final class Workload {

    /** What is deployed by one step, by steps of all jobs that skip, and by steps of all jobs that do not. */
    enum Kind {
        OWN,
        SKIPPED,
        ALIKE;

        /** The id of a MetaKraftwerk build without its last two digits, which are those of the step. */
        private String prefix(int life, int job) {
            return "%d%03d%d".formatted(ordinal() + 1, life, this == OWN ? job : 0);
        }

        static Kind forBuild(long build) {
            return values()[Character.digit(Long.toString(build).charAt(0), 10) - 1];
        }
    }

    private static final int FREESTYLE_JOBS = 3;

    /** As many builds as may be on their way after some kills. */
    private static final int EXECUTORS = 12;

    /** Whether a build is skipped depends on what was deployed last, so those that are have places of their own. */
    private static final String OWN_PLACE = "DEPLOY_";

    private static final String SCRIPT = """
            def deploy(prefix, number, skip) {
                def id = "${prefix}${number}"
                def place = skip ? "%3$s${id}" : '%2$s'
                try {
                    mkDeploy buildId: id, pattern: '%1$s', deployment: place, skipIfDeployed: skip
                } catch (e) {
                    echo "Ended without a record: $e.message"
                }
            }
            def own(from) {
                for (int i = from; i < from + 4; i++) {
                    deploy(params.OWN, i, false)
                }
            }
            parallel(
                a: { own(10) },
                b: { own(20) },
                c: { own(30) },
                skipped: {
                    deploy(params.SKIPPED, 10, true)
                    deploy(params.SKIPPED, 20, true)
                },
                alike: {
                    deploy(params.ALIKE, 10, false)
                    deploy(params.ALIKE, 20, false)
                })
            """.formatted(StandInDefaults.PATTERN, StandInDefaults.DEV, OWN_PLACE);

    private Workload() {}

    static void configure(RealJenkinsExtension jenkins, StandInServer server) throws Throwable {
        String url = server.url();
        String token = server.token();
        jenkins.run(r -> configure(r, url, token));
    }

    private static void configure(JenkinsRule r, String url, String token) throws Exception {
        Setup.standIn(url, token);
        r.jenkins.setQuietPeriod(0);
        r.jenkins.setNumExecutors(EXECUTORS);
        // The verdict asks for all of them.
        MetaKraftwerkGlobalConfiguration.get().setHistoryPerTarget(10_000);
        for (FlowDurabilityHint hint : FlowDurabilityHint.values()) {
            WorkflowJob job = r.createProject(WorkflowJob.class, hint.name().toLowerCase(Locale.ROOT));
            job.addProperty(new DurabilityHintJobProperty(hint));
            job.setDefinition(new CpsFlowDefinition(SCRIPT, true));
            job.addProperty(parameters());
        }
        for (int i = 1; i <= FREESTYLE_JOBS; i++) {
            FreeStyleProject job = r.createFreeStyleProject("freestyle-" + i);
            job.addProperty(parameters());
            for (String build :
                    List.of("${OWN}10", "${SKIPPED}10", "${OWN}11", "${ALIKE}10", "${SKIPPED}20", "${OWN}12")) {
                job.getBuildersList().add(step(build));
            }
        }
    }

    private static ParametersDefinitionProperty parameters() {
        return new ParametersDefinitionProperty(Arrays.stream(Kind.values())
                .map(kind -> new StringParameterDefinition(kind.name()))
                .toArray(StringParameterDefinition[]::new));
    }

    private static DeployBuilder step(String build) {
        DeployBuilder step = new DeployBuilder(build);
        step.setPattern(StandInDefaults.PATTERN);
        boolean skips = build.contains(Kind.SKIPPED.name());
        step.setDeployment(skips ? OWN_PLACE + build : StandInDefaults.DEV);
        step.setSkipIfDeployed(skips);
        return step;
    }

    /** Begins a build of each job; returns when all of them have begun. */
    static void begin(RealJenkinsExtension jenkins, StandInServer server, int life) throws Throwable {
        for (int number : List.of(10, 20)) {
            long build = Long.parseLong(Kind.SKIPPED.prefix(life, 0) + number);
            server.addDeployment(build, StandInDefaults.PATTERN_ID, OWN_PLACE + build);
        }
        jenkins.run(r -> {
            int number = 0;
            for (Job<?, ?> job : r.jenkins.getAllItems(Job.class)) {
                number++;
                begin(job, life, number);
            }
        });
    }

    private static void begin(Job<?, ?> job, int life, int number) throws Exception {
        ParametersAction parameters = new ParametersAction(Arrays.stream(Kind.values())
                .map(kind -> new StringParameterValue(kind.name(), kind.prefix(life, number)))
                .toArray(StringParameterValue[]::new));
        if (job instanceof WorkflowJob pipeline) {
            pipeline.scheduleBuild2(0, parameters).waitForStart();
        } else {
            ((FreeStyleProject) job).scheduleBuild2(0, parameters).waitForStart();
        }
    }

    /** The builds that are there, and cannot be loaded, so that they have no page. */
    static List<String> lostBuilds(RealJenkinsExtension jenkins) throws Throwable {
        return jenkins.call(r -> {
            ArrayList<String> lost = new ArrayList<>();
            for (Job<?, ?> job : r.jenkins.getAllItems(Job.class)) {
                for (int number = 1; number < job.getNextBuildNumber(); number++) {
                    if (job.getBuildByNumber(number) == null) {
                        lost.add(job.getFullName() + "#" + number);
                    }
                }
            }
            return lost;
        });
    }

    /** Whether nothing is built any more. */
    static boolean isOver(RealJenkinsExtension jenkins) throws Throwable {
        return jenkins.call(r -> Jenkins.get().getQueue().isEmpty()
                && r.jenkins.getAllItems(Job.class).stream().noneMatch(Job::isBuilding));
    }
}
