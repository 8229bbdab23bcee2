package io.jenkins.plugins.metakraftwerk.run;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AbortOutcome;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptSource;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerSpan;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import io.jenkins.plugins.metakraftwerk.deploy.ServerConnection;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.RefusedException;
import io.jenkins.plugins.metakraftwerk.server.Target;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Attempt of a build to deploy: the request, the target and the identity of the run. Its outcome is shown on the page
 * of the build and told to the listeners. Showing it may block and never fails.
 */
public final class DeploymentAttempt {

    private static final Logger LOGGER = Logger.getLogger(DeploymentAttempt.class.getName());

    /** Age up to which a check still holds. */
    private static final Duration JUST_NOW = Duration.ofSeconds(1);

    /** Events with which an attempt may end that has sent nothing. */
    private static final Set<String> ENDS_OF_NOTHING = Set.of("refused", "failed", "skipped");

    private final Run<?, ?> build;
    private final String owner;
    private final Target target;
    private final DeploymentPlan plan;
    private final ServerUrl server;
    private final String step;
    private final AuditLog audit = AuditLog.get();

    /** Reason why the build has no id; null if it has one. */
    private volatile AbortException idFailure;

    /** True if the attempt was kept from sending, which the audit log distinguishes from a failure. */
    private volatile boolean refused;

    /** True if its credential was ever lent to it. */
    private volatile boolean credentialLent;

    /** True if the audit log has a line that something is sent, so that the end must have one too. */
    private volatile boolean sends;

    /**
     * @param owner the name from {@link RunOwner}; the same after a restart
     * @param step the function name of the step or the symbol of the builder: the same in every language
     * @throws MetaKraftwerkException if the fields break a rule
     */
    public DeploymentAttempt(Run<?, ?> build, String owner, Target target, DeploymentFields fields, String step)
            throws MetaKraftwerkException {
        this.build = build;
        this.owner = owner;
        this.target = target;
        plan = fields.plan(
                target.label(), MetaKraftwerkGlobalConfiguration.get().retryLimit());
        server = ServerUrl.parse(target.url());
        this.step = step;
    }

    Run<?, ?> build() {
        return build;
    }

    /**
     * Returns the identity of the run. A build without an id that survives a crash has its location instead. It never
     * connects, so that it sends nothing, but what it may have sent before is still remembered. May block.
     */
    RunIdentity identity() {
        String id = null;
        try {
            id = JenkinsBuildId.forBuild(build);
        } catch (AbortException e) {
            LOGGER.log(Level.FINE, e, () -> "By its place: " + build);
            idFailure = e;
        }
        return new RunIdentity(owner, id, () -> RunOwner.place(build));
    }

    String owner() {
        return owner;
    }

    public Target target() {
        return target;
    }

    AttemptSource source() {
        return target.source(step);
    }

    /** Notes that a request may have gone out before. */
    void hasSent() {
        sends = true;
        credentialLent = true;
    }

    /** Returns the address of the server that the attempt began with. */
    ServerUrl server() {
        return server;
    }

    public DeploymentPlan plan() {
        return plan;
    }

    /**
     * Ends an attempt that cannot go on from a state in which it may have deployed. The next attempt with the same
     * request must search for its record first. May block.
     */
    public void leftUnknown(DeploymentState last, String reason) {
        hasSent();
        try {
            RunMemory.coordination().ledger().leftUnknown(server, plan.request(), identity(), last);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not note that the outcome of " + owner + " is unknown");
        }
        failed(true, reason);
    }

    /**
     * Finds the server and the credential. May block.
     *
     * @throws MetaKraftwerkException if one of them is missing, which may change; nothing was sent
     */
    ServerConnection connect() throws MetaKraftwerkException {
        refused = false;
        if (idFailure != null) {
            throw MetaKraftwerkException.refusedLocally(Text.forKey("said", idFailure.getMessage()));
        }
        try {
            ServerConnection connection = new PinnedConnection(build, target);
            credentialLent = true;
            return connection;
        } catch (AbortException e) {
            refused = e instanceof RefusedException;
            throw MetaKraftwerkException.missing(Text.forKey("said", e.getMessage()));
        }
    }

    /**
     * Checks that the configuration lets deployments be made now. Does not block.
     *
     * @throws MetaKraftwerkException if it does not; final, and nothing was sent
     */
    void requireOpen() throws MetaKraftwerkException {
        Optional<Text> refusal = refusal(() -> Connections.requireOpen(target));
        if (refusal.isPresent()) {
            throw MetaKraftwerkException.refusedLocally(refusal.get());
        }
    }

    /**
     * Checks right before a request goes out that it still may, and notes in the audit log that it does. May block; for
     * the audit log, a virtual thread waits.
     *
     * @return a call for the reason why the request must not go out; empty if it may
     */
    ReadRetries.ReadCall<Optional<Text>> sends() {
        Optional<Text> refusal = mayNotSend();
        if (refusal.isPresent()) {
            return () -> refusal;
        }
        sends = true;
        Duration seen = Threads.timing().uptime();
        Signal noted = audit.add(AuditLine.forEvent("sending", record(true)));
        return () -> {
            audit.await(noted);
            boolean late = Threads.timing().uptime().minus(seen).compareTo(JUST_NOW) > 0;
            return late ? new PlatformCalls(Threads.work()).get(this::mayNotSend) : refusal;
        };
    }

    private Optional<Text> mayNotSend() {
        return refusal(() -> Connections.requireMaySend(build, target));
    }

    private Optional<Text> refusal(AttemptCheck check) {
        try {
            check.make();
            refused = false;
            return Optional.empty();
        } catch (AbortException e) {
            refused = true;
            return Optional.of(Text.forKey("said", e.getMessage()));
        }
    }

    private interface AttemptCheck {
        void make() throws AbortException;
    }

    public void ended(DeploymentResult result) {
        show(attempt -> attempt.ended(result, span(), now()));
    }

    public void failed(Throwable failure) {
        if (failure instanceof MetaKraftwerkException known) {
            show(attempt -> failed(attempt, known));
        } else {
            failed(true, failure.toString());
        }
    }

    private AttemptRecord failed(AttemptRecord attempt, MetaKraftwerkException failure) {
        String why = failure.getLocalizedMessage();
        return failure.isOfNoSuchTarget()
                ? attempt.ofNoSuchTarget(why, span(), now())
                : attempt.failed(failure.effect() == Effect.UNKNOWN, why, span(), now());
    }

    /** @param unknown true if it may have deployed all the same */
    public void failed(boolean unknown, String reason) {
        show(attempt -> attempt.failed(unknown, reason, span(), now()));
    }

    /**
     * @param withCredential false for readers of the job if no credential was lent to it; administrators have the audit
     *     log
     */
    private AttemptRecord record(boolean withCredential) {
        AttemptSource source = source();
        return AttemptRecord.begun(
                RunOwner.place(build),
                owner,
                BuildStarters.userIds(build),
                withCredential || target.origin() == Target.Origin.STEP ? source : source.withoutCredential(),
                target.url(),
                plan.request());
    }

    private LedgerSpan span() {
        return RunMemory.coordination().ledger().span(owner);
    }

    private static Instant now() {
        return Threads.timing().now();
    }

    public void aborted(AbortOutcome aborted) {
        show(
                attempt -> aborted.result()
                        .map(result -> attempt.ended(result, span(), now()))
                        .orElseGet(() -> attempt.failed(
                                aborted.outcomeUnknown(), aborted.text().toString(), span(), now())),
                AttemptViews.PATIENCE_OF_ABORT);
    }

    private void show(UnaryOperator<AttemptRecord> end) {
        show(end, AttemptViews.PATIENCE);
    }

    private void show(UnaryOperator<AttemptRecord> end, Duration patience) {
        try {
            AttemptRecord ended = end.apply(record(true));
            note(refused && !ended.unknown() ? AuditLine.forEvent("refused", ended) : AuditLine.ofEnd(ended));
            if (AttemptViews.show(build, credentialLent ? ended : end.apply(record(false)), patience)) {
                // Otherwise it is shown after the next start.
                RunMemory.coordination().ledger().over(owner, server.toString());
            }
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not show a deployment of " + build);
        }
    }

    private void note(AuditLine line) {
        if (!sends && ENDS_OF_NOTHING.contains(line.event())) {
            audit.addUnsent(line);
        } else {
            audit.add(line);
        }
    }
}
