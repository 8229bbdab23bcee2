package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;
import java.util.concurrent.CompletableFuture;

/** The end of a run: what it says then would survive a crash, and that nothing was done it says only where that is so. */
final class RunEnd {

    private final RunParts parts;
    private final RunTexts texts;
    private final SentRequest sent;
    private final Chain<DeploymentResult> result;

    RunEnd(RunParts parts, RunTexts texts, SentRequest sent, Chain<DeploymentResult> result) {
        this.parts = parts;
        this.texts = texts;
        this.sent = sent;
        this.result = result;
    }

    void with(DeploymentResult outcome) {
        parts.shared().attempts().settle(parts.who().owner());
        result.then(survives(parts.shared().ledger().kept()), kept -> result.complete(outcome));
    }

    /** It cannot go on from a state that was stored. */
    void notBegun(MetaKraftwerkException failure, DeploymentState from) {
        if (from.standing() == Standing.MAY_HAVE_SENT) {
            afterSending(texts.unknown(failure.text(), null), from);
        } else {
            fail(failure.with(Text.of("run.notBegun", failure.text())));
        }
    }

    /** A failure of the request, or of the search for what became of it. */
    void afterSending(Throwable failure, DeploymentState last) {
        boolean known = failure instanceof MetaKraftwerkException;
        MetaKraftwerkException shown = RunTexts.known(failure);
        if (known && shown.effect() != Effect.UNKNOWN) {
            forGood(shown, last);
            return;
        }
        result.then(survives(note(last)), told -> fail(known ? shown : texts.unknown(shown.text(), null)));
    }

    /** Said at the very end only: where the search for a record fails after a refusal, the outcome is unknown. */
    void forGood(MetaKraftwerkException failure, DeploymentState last) {
        boolean asked = last.phase() != Phase.WAITING;
        AskedNames names = asked ? AskedNames.of(parts.plan().request()) : AskedNames.NONE;
        // What was noted and not sent must not look as if it had been, after a crash.
        sent.over();
        if (failure.effect() != Effect.UNKNOWN) {
            // It may have ended unknown before a restart, after which its Jenkins build has brought it back.
            parts.shared().attempts().settle(parts.who().owner());
        }
        MetaKraftwerkException whole = parts.build().isMissing() && failure.is(400, 404)
                ? failure.with(Text.of(
                        "names.also",
                        failure.text(),
                        Text.of("check.noBuild", parts.plan().request().buildId())))
                : failure;
        var explained = UnknownNames.explain(whole, parts.connection()::client, names, parts.serial());
        result.then(explained, known -> result.then(survives(sent.kept()), kept -> fail(RunTexts.atTheEnd(known))));
    }

    private CompletableFuture<Void> note(DeploymentState last) {
        return parts.shared()
                .attempts()
                .note(parts.connection().server(), parts.plan().request(), parts.who(), last);
    }

    /** A fault of this program. */
    void broken(Throwable fault, DeploymentState last) {
        if (last.standing() == Standing.ENDED) {
            RunTexts.known(fault);
            result.complete(last.result());
        } else if (mayHaveSent(last)) {
            afterSending(fault, last);
        } else {
            forGood(RunTexts.known(fault), last);
        }
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

    /** Not for ever: a disk may hang, or be full. */
    private CompletableFuture<Boolean> survives(CompletableFuture<?> kept) {
        return Patience.within(parts.timing(), Patience.AT_THE_END, kept);
    }

    private void fail(Throwable failure) {
        result.completeExceptionally(failure);
    }
}
