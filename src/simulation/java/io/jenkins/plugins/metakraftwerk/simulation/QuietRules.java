package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;

/** Rules for schedules without a fault: exactly the documented requests are sent. */
final class QuietRules {

    private final World world;
    private final SimRun run;
    private final SimJob job;

    QuietRules(World world, SimRun run) {
        this.world = world;
        this.run = run;
        job = run.job;
    }

    void check() {
        if (world.scenario.automatic() || world.scenario.style().limits() == ServerStyle.Limits.REFUSED) {
            // Deployments of the server itself may need further reads. A refused request is repeated in another form.
            return;
        }
        boolean looksForAutomatic = run.sawUnfinished && job.takesAutomatic();
        boolean finished = "FINISHED".equals(run.buildSeen) || ("PAUSED".equals(run.buildSeen) && !job.waitForBuild());
        if (job.waitForBuild()) {
            expect("GET /builds after the wait", buildsAfterLists(), 0);
        } else {
            expect("GET /builds", count("/builds/"), 1);
        }
        if (!finished) {
            expect("POST", run.posts.size(), 0);
            return;
        }
        int own = lists(true);
        int all = lists(false);
        expectLists("lists of this build", own, looksForAutomatic ? 2 : job.skips() ? 0 : 1);
        expectLists("lists over all builds", all, job.skips() ? 1 : 0);
        boolean skipped = run.outcome instanceof RunOutcome.Done(DeploymentResult result) && !result.created();
        expect("POST", run.posts.size(), skipped ? 0 : 1);
        if (job.skips()) {
            expect("GET of the name", names(true), job.named() ? 1 : 0);
        }
        boolean refused = run.outcome instanceof RunOutcome.Failed(MetaKraftwerkException failure)
                && failure.effect() == Effect.REFUSED;
        expect("GET of all names", names(false), refused && job.named() ? 1 : 0);
    }

    /** The first page is read once more after further pages. */
    private void expectLists(String what, int found, int wanted) {
        boolean pages = world.scenario.style().page() > 0;
        expect(what, pages && found > wanted ? found / 2 : found, wanted);
    }

    private int lists(boolean ofBuild) {
        int count = 0;
        for (SimRequest request : run.requests) {
            if (request.isList() && request.isFirstPage() && request.query.containsKey("build_id") == ofBuild) {
                count++;
            }
        }
        return count;
    }

    private int buildsAfterLists() {
        int count = 0;
        boolean listed = false;
        for (SimRequest request : run.requests) {
            listed |= request.isList();
            count += listed && request.isBuild() ? 1 : 0;
        }
        return count;
    }

    /**
     * Returns the number of look-ups of an agent or a group, or of lists of all of them, which only say what is
     * missing.
     */
    private int names(boolean one) {
        int count = 0;
        for (SimRequest request : run.requests) {
            boolean ofNames = request.path.equals(SimServer.API + "/agents")
                    || request.path.equals(SimServer.API + "/agent_groups");
            count += ofNames && request.query.containsKey("name") == one ? 1 : 0;
        }
        return count;
    }

    private int count(String path) {
        int count = 0;
        for (SimRequest request : run.requests) {
            if (request.method.equals("GET") && request.path.startsWith(SimServer.API + path)) {
                count++;
            }
        }
        return count;
    }

    private void expect(String what, int found, int wanted) {
        if (found != wanted) {
            world.witness.violation("g", run + ": " + what + " " + found + " times instead of " + wanted);
        }
    }
}
