package io.jenkins.plugins.metakraftwerk.kills;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.history.DeploymentHistory;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.history.TargetLine;
import io.jenkins.plugins.metakraftwerk.run.BuildDeploymentsAction;
import io.jenkins.plugins.metakraftwerk.run.AttemptInBuild;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * An end of an attempt, as Jenkins tells it.
 *
 * @param attempt which one; null where that is not told
 * @param jenkinsBuild whose it was
 * @param record on the server; null where there is none
 */
record ToldEnd(String attempt, String jenkinsBuild, long build, String outcome, Long record) implements Serializable {

    /** The oldest first. */
    static List<ToldEnd> inTheHistory(RealJenkinsExtension jenkins) throws Throwable {
        return jenkins.call(r -> {
            List<AttemptRecord> all = new ArrayList<>();
            for (Job<?, ?> job : Jenkins.get().getAllItems(Job.class)) {
                for (TargetLine line : DeploymentHistory.targets(job)) {
                    all.addAll(DeploymentHistory.attempts(job, line.key(), 0, Integer.MAX_VALUE));
                }
            }
            all.sort(Comparator.comparingLong(AttemptRecord::time));
            ArrayList<ToldEnd> told = new ArrayList<>();
            for (AttemptRecord entry : all) {
                told.add(new ToldEnd(
                        entry.owner(),
                        entry.job() + "#" + entry.number(),
                        entry.buildId(),
                        entry.outcome(),
                        entry.record() == null ? null : entry.record().id()));
            }
            return told;
        });
    }

    static List<ToldEnd> onThePages(RealJenkinsExtension jenkins) throws Throwable {
        return jenkins.call(r -> {
            ArrayList<ToldEnd> told = new ArrayList<>();
            for (Job<?, ?> job : Jenkins.get().getAllItems(Job.class)) {
                for (Run<?, ?> run : job.getBuilds()) {
                    addTo(told, run);
                }
            }
            return told;
        });
    }

    private static void addTo(List<ToldEnd> told, Run<?, ?> run) {
        BuildDeploymentsAction page = run.getAction(BuildDeploymentsAction.class);
        if (page == null) {
            return;
        }
        for (AttemptInBuild shown : page.getDeployments()) {
            told.add(new ToldEnd(null, run.getExternalizableId(), shown.getBuildId(), shown.getOutcome(), shown.getId()));
        }
    }

    boolean isOwnRecord() {
        return outcome.equals("CREATED") || outcome.equals("ADOPTED");
    }

    boolean isUnknown() {
        return outcome.equals("UNKNOWN");
    }

    /** What all that tell of it say alike. */
    String said() {
        return jenkinsBuild + ": build " + build + " " + outcome + (record == null ? "" : " " + record);
    }
}
