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
 * A line of the {@link Ledger}: one thing that has happened to an attempt, or to the job that it belongs to.
 *
 * @param number grows from line to line, also over restarts; 0 until the line is added
 * @param kind what has happened
 * @param run whose attempt it is
 * @param server the address of its server; null where the attempt or the key says it
 * @param scope among which requests it waits for its turn
 * @param request what the run is to do, bounded, and {@code source}, with what
 * @param build the id of the Jenkins build that the run is part of; null where that has none
 * @param state how far the run has come
 * @param attempt what is sent, or ended unknown
 * @param key with {@code record}: what the run asked for, and what it owns
 * @param at with them, and of what is sent, when that was, in milliseconds since 1970
 * @param sent the number of the line with which the run has sent last, where that is not this one; 0 for none
 * @param job what it was called before; {@code now} is null where it was deleted
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

    /** What has happened. */
    enum Kind {
        /** The ledger has begun; {@code run} is its own id. */
        BEGUN,
        /** A run has begun. */
        ENTERED,
        /** It has come so far. */
        REACHED,
        /** It has a place among those that go one after another. */
        QUEUED,
        /** It has left that. */
        LEFT,
        /** Its request is about to be sent. */
        SENDING,
        /** That is known to be over, or will never be known. */
        LANDED,
        /** It was refused, but perhaps after the work was done. */
        DOUBTED,
        /** A record is its own. */
        CLAIMED,
        /** It ended without knowing what became of its request. */
        UNKNOWN,
        /** That does not matter any more. */
        SETTLED,
        /** That matters only to its own Jenkins build any more. */
        OVERTAKEN,
        /** It has ended. */
        OVER,
        /** A job is called otherwise, or was deleted. */
        MOVED
    }

    /** Where a line names the server that it is about. */
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

    /** @param state of the run; null where only the request counts, as where the run has ended since */
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

    /** A name that is cut is one that no server has: what became of such a request stays unknown. */
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

    LedgerLine numbered(long given) {
        return new LedgerLine(
                given, kind, run, server, scope, request, source, build, state, attempt, key, record, at, sent, job,
                now);
    }

    /** The same of a run that has come so far. */
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

    /** Empty where the line is not understood. */
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

    /** The server that a line is about which is not understood, if that much can be told. */
    static Optional<String> serverOf(String text) {
        Matcher matcher = SERVER.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
