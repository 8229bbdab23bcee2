package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;

/** The end of a run: what it says then would survive a crash, and that nothing was done it says only where that is so. */
final class RunEnd {

    private final RunContext context;
    private final RunTexts texts;
    private final SentRequest sent;

    RunEnd(RunContext context, RunTexts texts, SentRequest sent) {
        this.context = context;
        this.texts = texts;
        this.sent = sent;
    }

    /** Waits until it would survive a crash; not for ever, since a disk may hang, or be full. */
    DeploymentResult with(DeploymentResult outcome) throws MetaKraftwerkException, InterruptedException {
        BoundedWait.awaits(context.timing(), context.platformCalls().get(() -> {
            context.shared().attempts().settle(context.who().owner());
            return context.shared().ledger().kept();
        }));
        return outcome;
    }

    /** What to fail with where it cannot go on from a state that was stored. */
    MetaKraftwerkException notBegun(MetaKraftwerkException failure, DeploymentState from)
            throws MetaKraftwerkException, InterruptedException {
        return from.standing() == Standing.MAY_HAVE_SENT
                ? afterSending(texts.unknown(failure.text(), null), from)
                : failure.with(Text.forKey("run.notBegun", failure.text()));
    }

    /** What to fail with after a failure of the request, or of the search for what became of it. */
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

    /** What to fail with at the very end: where the search for a record fails after a refusal, the outcome is unknown. */
    MetaKraftwerkException forGood(MetaKraftwerkException failure, DeploymentState last)
            throws MetaKraftwerkException, InterruptedException {
        boolean asked = last.phase() != Phase.WAITING;
        RequestedNames names = asked ? RequestedNames.from(context.plan().request()) : RequestedNames.NONE;
        context.platformCalls().run(() -> {
            // What was noted and not sent must not look as if it had been, after a crash.
            sent.over();
            if (failure.effect() != Effect.UNKNOWN) {
                // It may have ended unknown before a restart, after which its Jenkins build has brought it back.
                context.shared().attempts().settle(context.who().owner());
            }
        });
        MetaKraftwerkException whole = context.build().isMissing() && failure.is(400, 404)
                ? failure.with(Text.forKey(
                        "names.also",
                        failure.text(),
                        Text.forKey("check.noBuild", context.plan().request().buildId())))
                : failure;
        MetaKraftwerkException shown =
                UnknownNames.explain(whole, context.connection()::client, names, context.platformCalls());
        BoundedWait.awaits(context.timing(), context.platformCalls().get(sent::kept));
        return RunTexts.atTheEnd(shown);
    }

    private Signal note(DeploymentState last) {
        return context.shared()
                .attempts()
                .note(context.connection().server(), context.plan().request(), context.who(), last);
    }

    /** After a fault of this program. */
    DeploymentResult broken(Throwable fault, DeploymentState last) throws MetaKraftwerkException, InterruptedException {
        if (last.standing() == Standing.ENDED) {
            context.known(fault);
            return last.result();
        }
        throw mayHaveSent(last) ? afterSending(fault, last) : forGood(context.known(fault), last);
    }

    /** Where so much is broken that the run has ended without a word. */
    void noteIfBroken(Throwable failure, DeploymentState last) {
        if (failure != null && !(failure instanceof MetaKraftwerkException) && mayHaveSent(last)) {
            note(last);
        }
    }

    /** A state is noted before it is acted on, so what has left since is known better here. */
    private boolean mayHaveSent(DeploymentState last) {
        return sent.isOut() || last.doubted();
    }
}
