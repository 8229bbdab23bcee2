package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;

/**
 * Ends a run. Its result is told when it would survive a crash. 'Nothing was deployed' is told only if that is certain.
 */
final class RunEnd {

    private final RunContext context;
    private final RunTexts texts;
    private final SentRequest sent;

    RunEnd(RunContext context, RunTexts texts, SentRequest sent) {
        this.context = context;
        this.texts = texts;
        this.sent = sent;
    }

    /** Waits for at most 5 s until the result is kept, since a disk may hang or be full. */
    DeploymentResult with(DeploymentResult outcome) throws MetaKraftwerkException, InterruptedException {
        BoundedWait.awaits(context.timing(), context.platformCalls().get(() -> {
            context.shared().attempts().settle(context.who().owner());
            return context.shared().ledger().kept();
        }));
        return outcome;
    }

    /** Returns the failure of a run that cannot go on from a stored state. */
    MetaKraftwerkException notBegun(MetaKraftwerkException failure, DeploymentState from)
            throws MetaKraftwerkException, InterruptedException {
        return from.standing() == Standing.MAY_HAVE_SENT
                ? afterSending(texts.unknown(failure.text(), null), from)
                : failure.with(Text.forKey("run.notBegun", failure.text()));
    }

    /** Returns the failure of a run whose request failed, or whose search for the record failed. */
    MetaKraftwerkException afterSending(Throwable failure, DeploymentState last)
            throws MetaKraftwerkException, InterruptedException {
        boolean known = failure instanceof MetaKraftwerkException;
        MetaKraftwerkException shown = context.known(failure);
        if (known && shown.effect() != Effect.UNKNOWN) {
            return forGood(shown, last);
        }
        BoundedWait.awaits(context.timing(), context.platformCalls().get(() -> note(last)));
        return known ? shown : texts.unknown(shown.text(), null);
    }

    /**
     * Returns the failure at the very end, with the names that the server does not have. An unknown outcome, as after a
     * failed search, stays unknown.
     */
    MetaKraftwerkException forGood(MetaKraftwerkException failure, DeploymentState last)
            throws MetaKraftwerkException, InterruptedException {
        boolean passedWait = last.phase() != Phase.WAITING;
        RequestedNames names = passedWait ? RequestedNames.from(context.plan().request()) : RequestedNames.NONE;
        context.platformCalls().run(() -> {
            // After a crash, a request that was noted and not sent must not look like a sent one.
            sent.over();
            if (failure.effect() != Effect.UNKNOWN) {
                // The run may have ended unknown before a restart, and its Jenkins build has brought it back.
                context.shared().attempts().settle(context.who().owner());
            }
        });
        MetaKraftwerkException withMissingBuild = context.build().isMissing() && failure.is(400, 404)
                ? failure.with(Text.forKey(
                        "names.also",
                        failure.text(),
                        Text.forKey("check.noBuild", context.plan().request().buildId())))
                : failure;
        MetaKraftwerkException shown =
                UnknownNames.explain(withMissingBuild, context.connection()::client, names, context.platformCalls());
        BoundedWait.awaits(context.timing(), context.platformCalls().get(sent::kept));
        return RunTexts.atTheEnd(shown);
    }

    private Signal note(DeploymentState last) {
        return context.shared()
                .attempts()
                .note(context.connection().server(), context.plan().request(), context.who(), last);
    }

    /** Ends the run after a bug of the plugin. */
    DeploymentResult broken(Throwable fault, DeploymentState last) throws MetaKraftwerkException, InterruptedException {
        if (last.standing() == Standing.ENDED) {
            context.known(fault);
            return last.result();
        }
        throw mayHaveSent(last) ? afterSending(fault, last) : forGood(context.known(fault), last);
    }

    /** Notes the attempt as unknown if the run has ended by a bug without a report. */
    void noteIfBroken(Throwable failure, DeploymentState last) {
        if (failure != null && !(failure instanceof MetaKraftwerkException) && mayHaveSent(last)) {
            note(last);
        }
    }

    /** Returns true if the run may have sent. The state may be ahead of the request, so the request itself is asked. */
    private boolean mayHaveSent(DeploymentState last) {
        return sent.isOut() || last.doubted();
    }
}
