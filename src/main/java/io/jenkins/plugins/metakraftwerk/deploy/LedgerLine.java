package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Line of the {@link Ledger}: one event of an attempt, or of the job that it belongs to.
 *
 * @param number grows from line to line, also over restarts; 0 until the line is added
 * @param kind the event
 * @param run the owner of the attempt
 * @param server the address of its server; null if the attempt or the key has it
 * @param scope the requests among which the run waits for its turn, see {@link RequestKey#scope}
 * @param request the request of the run, with shortened names
 * @param source the step, server and credential of the run
 * @param build the id of the Jenkins build that the run is part of; null if it has none
 * @param state the state of the run
 * @param attempt the request that is sent, or that ended unknown
 * @param key the key of the request that brought {@code record}
 * @param record the record that the run owns
 * @param at time of the claim or of the sending, in milliseconds since 1970
 * @param sent the number of the line of the run's last sending, if that is another line; 0 if it has sent nothing
 * @param job the old full name of the job
 * @param now its new full name; null if it was deleted
 */
record LedgerLine(
        long number,
        Kind kind,
        String run,
        String server,
        String scope,
        DeploymentRequest request,
        AttemptSource source,
        String build,
        DeploymentState state,
        UnknownAttempt attempt,
        RequestKey key,
        BuildDeployment record,
        long at,
        long sent,
        String job,
        String now) {

    /** Event of an attempt or a job. */
    enum Kind {
        /** The ledger has begun. {@code run} is the id of the ledger. */
        BEGUN,
        /** A run has begun. */
        ENTERED,
        /** A run has reached a state. */
        REACHED,
        /** A run waits for its turn, or has it. */
        QUEUED,
        /** A run has left its place in the queue. */
        LEFT,
        /** A request is about to be sent. */
        SENDING,
        /** The outcome of a request is known, or will never be known. */
        LANDED,
        /** A request was refused, perhaps after the work was done. */
        DOUBTED,
        /** A run owns a record. */
        CLAIMED,
        /** A run has ended without knowing the outcome of its request. */
        UNKNOWN,
        /** An unknown outcome does not matter any more. */
        SETTLED,
        /** An unknown outcome matters only to its own Jenkins build from now on. */
        OVERTAKEN,
        /** A run has ended. */
        OVER,
        /** A job was renamed, moved or deleted. */
        MOVED
    }

    /** Finds the address of the server in a line that is not understood. */
    private static final Pattern SERVER = Pattern.compile("\"server\":\"(https?://[^\"\\s]+)\"");

    LedgerLine {
        run = attempt != null && attempt.owner() != null && attempt.owner().equals(run) ? attempt.owner() : run;
        server = server == null ? null : server.intern();
        build = BoundedText.shorten(build);
        job = BoundedText.shorten(job);
        now = BoundedText.shorten(now);
    }

    static LedgerLine forRun(Kind kind, String run, String server) {
        return new LedgerLine(0, kind, run, server, null, null, null, null, null, null, null, null, 0, 0, null, null);
    }

    static LedgerLine forAttempt(Kind kind, UnknownAttempt attempt) {
        return new LedgerLine(
                0, kind, attempt.owner(), null, null, null, null, null, null, attempt, null, null, 0, 0, null, null);
    }

    /** @param state the state of the run; null if only the request counts, for example after the run has ended */
    static LedgerLine sending(UnknownAttempt attempt, DeploymentState state, Instant at) {
        return forAttempt(Kind.SENDING, attempt).in(state).sent(0, at.toEpochMilli());
    }

    static LedgerLine entered(
            RunIdentity who, String server, DeploymentRequest request, AttemptSource source, DeploymentState state) {
        return new LedgerLine(
                0,
                Kind.ENTERED,
                who.owner(),
                server,
                null,
                bounded(request),
                source,
                who.build(),
                state,
                null,
                null,
                null,
                0,
                0,
                null,
                null);
    }

    static LedgerLine reached(String run, String server, DeploymentState state) {
        return forRun(Kind.REACHED, run, server).in(state);
    }

    /** Shortens long names. No server has a shortened name, so the outcome of such a request stays unknown. */
    private static DeploymentRequest bounded(DeploymentRequest request) {
        return new DeploymentRequest(
                request.buildId(),
                BoundedText.shorten(request.pattern()),
                request.patternId(),
                BoundedText.shorten(request.deployment()),
                request.deploymentId(),
                BoundedText.shorten(request.agent()),
                request.agentId(),
                BoundedText.shorten(request.agentGroup()),
                request.agentGroupId());
    }

    static LedgerLine queued(String run, RequestKey key) {
        return new LedgerLine(
                0,
                Kind.QUEUED,
                run,
                key.server(),
                key.scope(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                null,
                null);
    }

    static LedgerLine claimed(String run, RequestKey key, BuildDeployment record, Instant at) {
        return new LedgerLine(
                0,
                Kind.CLAIMED,
                run,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                key,
                record,
                at.toEpochMilli(),
                0,
                null,
                null);
    }

    static LedgerLine moved(String job, String now) {
        return new LedgerLine(
                0, Kind.MOVED, null, null, null, null, null, null, null, null, null, null, 0, 0, job, now);
    }

    LedgerLine numbered(long newNumber) {
        return new LedgerLine(
                newNumber, kind, run, server, scope, request, source, build, state, attempt, key, record, at, sent, job,
                now);
    }

    /** Returns the line with the state of its run. */
    LedgerLine in(DeploymentState reached) {
        return new LedgerLine(
                number, kind, run, server, scope, request, source, build, reached, attempt, key, record, at, sent, job,
                now);
    }

    LedgerLine sent(long line, long when) {
        return new LedgerLine(
                number, kind, run, server, scope, request, source, build, state, attempt, key, record, when, line, job,
                now);
    }

    /** Parses a line; empty if it is not understood. */
    static Optional<LedgerLine> read(String text) {
        return JsonLine.read(text, LedgerLine.class).filter(LedgerLine::isWhole);
    }

    private boolean isWhole() {
        if (kind == null || (run == null && kind != Kind.MOVED)) {
            return false;
        }
        return switch (kind) {
            case ENTERED -> source != null && request != null && state != null && state.isWhole();
            case REACHED -> state != null && state.isWhole();
            case BEGUN, LEFT, LANDED, SETTLED, OVERTAKEN, OVER -> true;
            case QUEUED -> scope != null;
            case SENDING, DOUBTED, UNKNOWN -> attempt != null && attempt.isWhole();
            case CLAIMED -> key != null && key.server() != null && record != null;
            case MOVED -> job != null;
        };
    }

    String text() {
        return JsonLine.write(this);
    }

    /** Returns the address of the server in a line that is not understood; empty if it names none. */
    static Optional<String> serverOf(String text) {
        Matcher matcher = SERVER.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
