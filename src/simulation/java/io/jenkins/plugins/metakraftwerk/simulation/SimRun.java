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
        final SimRequest request;
        final Set<Long> shownBefore;

        /** In which life of the controller it was sent. */
        final int life;

        /** Whether the run got a 503 of the API's own for it. */
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

    /** How often its Jenkins build has tried before. */
    final int attempt;

    // What outlives the controller.

    /** How far it has come, or will have when it goes on. */
    DeploymentState stored;

    /** The id of the ledger that it has entered for all that its saved program knows; null for none. */
    String enteredIn;
    boolean begun;

    /** Whether its build was brought back without it, from a program of before: another run is in its place. */
    boolean rolledBack;

    ServerPin pin;
    RunOutcome outcome;
    boolean outcomeKept;
    boolean triedAgain;
    int lives;
    long endedAt;

    // What the present life of the controller has of it.
    DeploymentRun running;
    CompletableFuture<DeploymentResult> result;
    /** What that program will say when it is saved; null where none is being saved. */
    String entering;

    long startedAt;

    /** When it had its result. */
    long landedAt;
    boolean aborting;
    long abortedAt;

    /** Whether it has had its turn. */
    boolean served;

    /** How many requests it had sent when its credential had been looked up anew; -1 as long as it was not. */
    int renewedAfter = -1;

    /** Whether that brought another one. */
    boolean renewed;

    // What the simulation has seen.
    final List<SimRequest> requests = new ArrayList<>();
    final List<Post> posts = new ArrayList<>();
    final List<DeploymentResult> late = new ArrayList<>();

    /** When it heard late of one; 0 as long as it has not. */
    long lateAt;

    Set<Long> shown = Set.of();
    Set<Long> shownInThisLife = Set.of();

    /** Whether no request of another run was on its way when that was shown. */
    boolean shownAlone;

    Set<Long> shownBeforeSending;
    final List<Long> newest = new ArrayList<>();
    String buildSeen;

    /** Whether a record that shows up now can be taken for its own: from its look on, until it is planned anew. */
    boolean exposed;
    boolean sawUnfinished;

    /** Whether it knows that it did, also after a restart. */
    boolean knowsUnfinished;

    DeploymentResult foundLater;

    /** What somebody has said of it; null as long as nobody has. */
    SaidOutcome said;

    boolean foundAnother;

    /** What it has taken, whether or not that came to be stored. */
    SimRecord taken;

    /** When it began to store that it was about to send, the last time, in the order of such moments. */
    long sendingFrom;

    /** Its place among those that wait for their turn: not before the one moment, and at the other. */
    long mayComeFrom;

    long cameBy;
    boolean waitsForTurn;

    /** In which life it said so last. */
    int waitedIn;

    long begunAt;
    int looks;

    /** The last request, if its own answer has come and no other has been sent. */
    SimRequest lastAnswered;

    /** Whether it is stored that the record is its own which the server has answered it with. */
    boolean claims;

    /** Whether it was killed before that could be stored, however long it had waited; so everybody has to forget it. */
    boolean claimLost;

    /** Likewise, that it ended unknown. */
    boolean noteLost;

    /** Whether it has ever, perhaps in a life after which it went on. */
    boolean endedUnknown;

    /** Whether it has ever come back so late after a start that it counts as one that has ended unknown. */
    boolean missed;

    /** Whether it was said after its build that nothing had come of it. */
    boolean neverSent;

    /** Whether it has found no way to its server since it went on, so that it could not look. */
    boolean barred;

    /** Whether it was kept from sending right before it would have. */
    boolean forbidden;

    int retainedBefore;

    SimRun(String owner, SimJob job, RunIdentity who, int attempt) {
        this.owner = owner;
        this.job = job;
        this.who = who;
        this.attempt = attempt;
    }

    /** The first run of a Jenkins build. */
    static SimRun first(int number, SimJob job) {
        String build = "app#" + number;
        return new SimRun(build + "/1", job, new RunIdentity(build + "/1", build, build), 0);
    }

    /**
     * The controller is gone, and with it what it has not stored.
     *
     * @param kept how far it had come for all that is stored
     * @param hasPlace whether its place among those that wait was
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
            // It has left its place; or it has that still, if this was lost with its end.
            cameBy = 0;
            waitsForTurn = false;
        }
        waitsForTurn |= cameBy > 0 && stored.phase() == DeploymentState.Phase.PLANNED;
        if (!outcomeKept && comesBack()) {
            outcome = null;
        }
    }

    /** Whether its build brings it back after a restart. */
    boolean comesBack() {
        return job.resumable() && !rolledBack;
    }

    /** The same in the program of its build as it was before. */
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

    /** Whether it may have settled what had been unknown. */
    boolean hasSettledSince(long moment) {
        return foundAnother
                || (endedUnknown && wasRefused())
                || landedAt > moment
                || lateAt > moment
                || (said != null && said.at > moment)
                || (worked() > 0 && (endedAt == 0 || endedAt > moment));
    }

    /** Whether the server has said that it did nothing, perhaps after its end. */
    boolean wasRefused() {
        return !posts.isEmpty() && worked() == 0 && posts.get(posts.size() - 1).request.refused;
    }

    /** The record that somebody has said is its own; null where nobody has, or it knows better by now. */
    SimRecord saidRecord() {
        boolean counts = said != null && late.isEmpty() && (outcome == null || outcome.record() == null);
        return counts ? said.record : null;
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
