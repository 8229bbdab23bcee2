package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentRun;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import io.jenkins.plugins.metakraftwerk.deploy.ServerPin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One run: what Jenkins keeps of it, how it ended, and what the simulation has seen of it. */
final class SimRun {

    /** A request of the run that asks for a deployment, with what the server had shown before. */
    static final class Post {
        final Request request;
        final Set<Long> shownBefore;

        /** Whether the run got a 503 of the API's own for it. */
        boolean doubted;

        Post(Request request, Set<Long> shownBefore) {
            this.request = request;
            this.shownBefore = shownBefore;
        }
    }

    final String owner;
    final Job job;
    final RunIdentity who;

    /** How often its Jenkins build has tried before. */
    final int attempt;

    // What outlives the controller.
    DeploymentState stored;
    boolean begun;
    ServerPin pin;
    Outcome outcome;
    boolean outcomeKept;
    int lives;
    long endedAt;

    // What the present life of the controller has of it.
    DeploymentRun running;
    CompletableFuture<DeploymentResult> result;
    DeploymentState storing;
    long startedAt;

    /** When it had its result. */
    long landedAt;
    boolean aborting;
    long abortedAt;

    // What the simulation has seen.
    final List<Request> requests = new ArrayList<>();
    final List<Post> posts = new ArrayList<>();
    final List<DeploymentResult> late = new ArrayList<>();
    Set<Long> shown = Set.of();

    /** Whether no request of another run was on its way when that was shown. */
    boolean shownAlone;

    Set<Long> shownBeforeSending;
    final List<Long> newest = new ArrayList<>();
    String buildSeen;

    /** Whether a record that shows up now can be taken for its own: from its look on, until it is planned anew. */
    boolean exposed;
    boolean sawUnfinished;
    DeploymentResult foundLater;
    boolean foundAnother;
    int looks;

    /** The last request, if its own answer has come and no other has been sent. */
    Request lastAnswered;

    /** Whether it was kept from sending right before it would have. */
    boolean forbidden;
    int retainedBefore;

    SimRun(String owner, Job job, RunIdentity who, int attempt) {
        this.owner = owner;
        this.job = job;
        this.who = who;
        this.attempt = attempt;
    }

    /** The first run of a Jenkins build. */
    static SimRun first(int number, Job job) {
        String build = "app#" + number;
        return new SimRun(build + "/1", job, new RunIdentity(build + "/1", build, build), 0);
    }

    /** The controller is gone, and with it what it has not stored. */
    void forgetLife() {
        storing = null;
        running = null;
        result = null;
        aborting = false;
        buildSeen = null;
        if (!outcomeKept && job.resumable()) {
            outcome = null;
        }
    }

    boolean isOver() {
        return outcome != null && outcomeKept;
    }

    boolean isLive() {
        return running != null && outcome == null;
    }

    /** How often the server did the work of this run's requests. */
    int worked() {
        int worked = 0;
        for (Post post : posts) {
            worked += post.request.worked;
        }
        return worked;
    }

    @Override
    public String toString() {
        return owner;
    }
}
