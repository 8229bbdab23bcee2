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

/** Run of a deployment: what Jenkins keeps of it, how it ended, and what the simulation has seen of it. */
final class SimRun {

    /** Request of the run for a deployment, with what the server had shown before. */
    static final class Post {
        final SimRequest request;
        final Set<Long> shownBefore;

        /** Life of the controller in which it was sent. */
        final int life;

        /** True if the run got a 503 of the API itself for it. */
        boolean doubted;

        Post(SimRequest request, Set<Long> shownBefore, int life) {
            this.request = request;
            this.shownBefore = shownBefore;
            this.life = life;
        }
    }

    final String owner;
    final SimJob job;
    final RunIdentity who;

    /** Number of earlier tries of its Jenkins build. */
    final int attempt;

    // State that outlives the controller.

    /** State that it has reached, or will have when it continues. */
    DeploymentState stored;

    /** Id of the ledger that it has entered, as its saved program knows; null for none. */
    String enteredIn;
    boolean begun;

    /** True if its build was brought back without it, from an older program: another run is in its place. */
    boolean rolledBack;

    ServerPin pin;
    RunOutcome outcome;
    boolean outcomeKept;
    boolean triedAgain;
    int lives;
    long endedAt;

    // State in the present life of the controller.
    DeploymentRun running;
    CompletableFuture<DeploymentResult> result;
    /** Id of the ledger that the program will have when it is saved; null while none is being saved. */
    String entering;

    long startedAt;

    /** Time when it had its result. */
    long landedAt;
    boolean aborting;
    long abortedAt;

    /** True if it has had its turn. */
    boolean served;

    /** Number of requests that it had sent when its credential was looked up again; -1 until then. */
    int renewedAfter = -1;

    /** True if the credential was another one then. */
    boolean renewed;

    // Facts that the simulation has seen.
    final List<SimRequest> requests = new ArrayList<>();
    final List<Post> posts = new ArrayList<>();
    final List<DeploymentResult> late = new ArrayList<>();

    /** Time when it learned late of a record; 0 until then. */
    long lateAt;

    Set<Long> shown = Set.of();
    Set<Long> shownInThisLife = Set.of();

    /** True if no request of another run was on its way when {@link #shown} was shown. */
    boolean shownAlone;

    Set<Long> shownBeforeSending;
    final List<Long> newest = new ArrayList<>();
    String buildSeen;

    /** True while a new record can be taken for its own: from its search on, until it is planned again. */
    boolean exposed;
    boolean sawUnfinished;

    /** True if it knows that the build was not finished, also after a restart. */
    boolean knowsUnfinished;

    DeploymentResult foundLater;

    /** Outcome that somebody has given for it; null until then. */
    SaidOutcome said;

    boolean foundAnother;

    /** Record that it has taken, stored or not. */
    SimRecord taken;

    /** Last moment at which it began to store that it was about to send, in the order of such moments. */
    long sendingFrom;

    /** Place in the queue for its turn: taken after this moment, and by {@link #cameBy}. */
    long mayComeFrom;

    long cameBy;
    boolean waitsForTurn;

    /** Life in which it last said that it waits for its turn. */
    int waitedIn;

    long begunAt;
    int looks;

    /** Last request, if the response to it has arrived and no other was sent. */
    SimRequest lastAnswered;

    /** True if it is stored that the record of the response is its own. */
    boolean claims;

    /** True if it was killed before that could be stored, however long it had waited. Then everybody must forget it. */
    boolean claimLost;

    /** True if the note of its unknown outcome was lost in the same way. */
    boolean noteLost;

    /** True if it has ever ended unknown, perhaps in a life after which it continued. */
    boolean endedUnknown;

    /** True if it once came back so late after a start that it counts as ended unknown. */
    boolean missed;

    /** True if it was said after the end of its build that nothing came of it. */
    boolean neverSent;

    /** True if it has found no connection to its server since it continued, so that it could not look. */
    boolean barred;

    /** True if it was stopped right before it would have sent. */
    boolean forbidden;

    int retainedBefore;

    SimRun(String owner, SimJob job, RunIdentity who, int attempt) {
        this.owner = owner;
        this.job = job;
        this.who = who;
        this.attempt = attempt;
    }

    /** Returns the first run of a Jenkins build. */
    static SimRun first(int number, SimJob job) {
        String build = "app#" + number;
        return new SimRun(build + "/1", job, new RunIdentity(build + "/1", build, build), 0);
    }

    /**
     * Drops what the controller has not stored.
     *
     * @param kept the state that is stored
     * @param hasPlace true if its place in the queue for its turn is stored
     */
    void forgetLife(DeploymentState kept, boolean hasPlace) {
        stored = kept;
        entering = null;
        running = null;
        result = null;
        aborting = false;
        shownInThisLife = Set.of();
        buildSeen = null;
        served = false;
        renewedAfter = -1;
        knowsUnfinished = stored.sawUnfinished();
        if (outcome != null || !hasPlace) {
            // It has left its place. If this was lost with its end, it still has the place.
            cameBy = 0;
            waitsForTurn = false;
        }
        waitsForTurn |= cameBy > 0 && stored.phase() == DeploymentState.Phase.PLANNED;
        if (!outcomeKept && comesBack()) {
            outcome = null;
        }
    }

    /** Returns true if its build brings it back after a restart. */
    boolean comesBack() {
        return job.resumable() && !rolledBack;
    }

    /** Returns the same run in the program of its build as it was before. */
    SimRun again() {
        rolledBack = true;
        RunIdentity anew = new RunIdentity(owner + "~", who.build(), who.where());
        return new SimRun(anew.owner(), job, anew, attempt);
    }

    boolean isOver() {
        return outcome != null && outcomeKept;
    }

    boolean isLive() {
        return running != null && outcome == null;
    }

    /** Returns true if it may have settled what had been unknown. */
    boolean hasSettledSince(long moment) {
        return foundAnother
                || (endedUnknown && wasRefused())
                || landedAt > moment
                || lateAt > moment
                || (said != null && said.at > moment)
                || (worked() > 0 && (endedAt == 0 || endedAt > moment));
    }

    /** Returns true if the server has said that it did nothing, perhaps after the end of the run. */
    boolean wasRefused() {
        return !posts.isEmpty() && worked() == 0 && posts.get(posts.size() - 1).request.refused;
    }

    /** Returns the record that somebody has said is its own. Null if nobody has, or the run knows better by now. */
    SimRecord saidRecord() {
        boolean counts = said != null && late.isEmpty() && (outcome == null || outcome.record() == null);
        return counts ? said.record : null;
    }

    /** Returns how often the server did the work of the requests of this run. */
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
