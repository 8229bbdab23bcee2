package io.jenkins.plugins.metakraftwerk.run;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.Aborted;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.RefusedException;
import io.jenkins.plugins.metakraftwerk.server.Target;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One attempt of a build to deploy: what is to be done, where, and in whose name. What becomes of it is shown on the page
 * of the build and told to the listeners; to show it may block, and never fails.
 */
public final class Attempt {

    private static final Logger LOGGER = Logger.getLogger(Attempt.class.getName());

    private final Run<?, ?> build;
    private final String owner;
    private final Target target;
    private final DeploymentPlan plan;
    private final AskedDeployment asked;
    private final AuditLog audit = AuditLog.get();

    /** Whether it was kept from sending, which the audit log tells from a failure. */
    private volatile boolean refused;

    /**
     * @param owner made by {@link Owner}; the same after a restart
     * @param step the function name of the step or the symbol of the builder: the same in every language
     * @throws MetaKraftwerkException if the fields break a rule
     */
    public Attempt(Run<?, ?> build, String owner, Target target, DeploymentFields fields, String step)
            throws MetaKraftwerkException {
        this.build = build;
        this.owner = owner;
        this.target = target;
        plan = fields.plan(
                target.label(), MetaKraftwerkGlobalConfiguration.get().retryLimit());
        asked = new AskedDeployment(owner, plan.request(), target, step);
    }

    Run<?, ?> build() {
        return build;
    }

    /**
     * Who deploys. May block.
     *
     * @throws AbortException where the build has no id that would survive a crash: then it must not send
     */
    RunIdentity identity() throws AbortException {
        return identity(BuildId.of(build));
    }

    private RunIdentity identity(String id) {
        return new RunIdentity(owner, id, () -> Owner.place(build));
    }

    /** For what may have been sent, which is to be remembered in any case. */
    private RunIdentity identityIfAny() {
        try {
            return identity();
        } catch (AbortException e) {
            LOGGER.log(Level.FINE, e, () -> "By its place: " + build);
            return identity(null);
        }
    }

    public Target target() {
        return target;
    }

    public DeploymentPlan plan() {
        return plan;
    }

    /**
     * Fails in a state in which it may have deployed, without a look at what became of it: whoever sends the same again is
     * to look first.
     */
    public void leftUnknown(DeploymentState last, String reason) {
        try {
            RunMemory.coordination().attempts().note(ServerUrl.parse(target.url()), plan.request(), identityIfAny(), last);
        } catch (MetaKraftwerkException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not note that the outcome of " + owner + " is unknown");
        }
        failed(true, reason);
    }

    /** Why nothing may be deployed now, as far as the configuration tells; empty where it may. Does not block. */
    Optional<Text> closed() {
        return refusal(() -> Connections.requireOpen(target));
    }

    /**
     * Right before a request goes out: sees whether it still may, and notes that it does. May block.
     *
     * @return why it must not go out; empty where it may
     */
    Optional<Text> sends() {
        Optional<Text> refusal = refusal(() -> Connections.requireMaySend(build, target));
        if (refusal.isEmpty()) {
            audit.add(AuditLine.of("sending", build, asked));
        }
        return refusal;
    }

    private Optional<Text> refusal(Check check) {
        try {
            check.make();
            refused = false;
            return Optional.empty();
        } catch (AbortException e) {
            refused = true;
            return Optional.of(Text.of("said", e.getMessage()));
        }
    }

    private interface Check {
        void make() throws AbortException;
    }

    /** @param said the reason, and that nothing was sent */
    public void notBegun(AbortException reason, String said) {
        refused = reason instanceof RefusedException;
        failed(false, said);
    }

    public void ended(DeploymentResult result) {
        show(RecordedDeployment.with(asked, result, new Date()));
    }

    public void failed(Throwable failure) {
        boolean known = failure instanceof MetaKraftwerkException;
        boolean unknown = !known || ((MetaKraftwerkException) failure).effect() == Effect.UNKNOWN;
        failed(unknown, known ? failure.getLocalizedMessage() : failure.toString());
    }

    /** @param unknown whether it may have deployed all the same */
    public void failed(boolean unknown, String reason) {
        show(RecordedDeployment.without(asked, unknown, reason, new Date()));
    }

    public void aborted(Aborted aborted) {
        aborted.result()
                .ifPresentOrElse(
                        this::ended,
                        () -> failed(aborted.outcomeUnknown(), aborted.text().toString()));
    }

    private void show(RecordedDeployment entry) {
        String event =
                refused && !entry.isUnknown() ? "refused" : entry.getOutcome().toLowerCase(Locale.ROOT);
        audit.add(AuditLine.of(event, build, asked, entry.getId(), entry.getReason()));
        try {
            if (BuildDeploymentsAction.record(build, entry)) {
                DeploymentEvents.get().tell(build, entry);
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not show a deployment of " + build);
        }
    }

    /** Puts the record of an attempt, perhaps of another build, in the place of its unknown outcome. */
    static void found(String owner, DeploymentResult result) {
        try {
            Owner.find(owner)
                    .ifPresent(earlier -> BuildDeploymentsAction.found(earlier, owner, result, new Date())
                            .ifPresent(entry -> DeploymentEvents.get().tell(earlier, entry)));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not show what became of " + owner);
        }
    }
}
