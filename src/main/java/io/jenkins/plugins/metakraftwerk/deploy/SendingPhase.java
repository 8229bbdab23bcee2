package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.time.Duration;
import java.util.Optional;

/** A request of a run and what follows from its answer: it has landed, or it is worth another try, or the run fails. */
final class SendingPhase {

    /** How a request ended that did not make the run fail. */
    sealed interface Outcome {}

    record Landed(SendDecision.Take record) implements Outcome {}

    /**
     * It is to be tried again.
     *
     * @param next the state in which it is planned anew
     * @param announced what the log says when that state is kept
     * @param pause until then
     */
    record Retry(DeploymentState next, Optional<Text> announced, Duration pause) implements Outcome {}

    private final RunContext context;
    private final RunTexts texts;
    private final SentRequest sent;

    SendingPhase(RunContext context, RunTexts texts, SentRequest sent) {
        this.context = context;
        this.texts = texts;
        this.sent = sent;
    }

    /** Waits for the answer to a request. Where the outcome stays unknown, the failure says so. */
    Outcome await(PendingResponse answer, DeploymentState now) throws MetaKraftwerkException, InterruptedException {
        BuildDeployment record;
        try {
            record = answer.get();
        } catch (MetaKraftwerkException e) {
            return failed(e, now);
        } catch (RuntimeException | Error e) {
            // One of this program does not tell what the server did.
            return failed(MetaKraftwerkException.outcomeUnknown(context.known(e).text(), null), now);
        }
        if (!context.plan().request().matches(record)) {
            throw texts.otherRecord(record);
        }
        return landed(Origin.CREATED, record);
    }

    /** Looks for the record of a request that was sent before a restart, perhaps. */
    Landed resume(DeploymentState sending, Deadline deadline) throws MetaKraftwerkException, InterruptedException {
        try {
            // Else it might take the record of another.
            new LedgerWait(context, deadline).await();
        } catch (MetaKraftwerkException e) {
            throw texts.unknown(e.text(), null);
        }
        return lookForRecord(sending.baseline(), null);
    }

    /**
     * The record of a request that seemed to be refused and was carried out all the same.
     *
     * @throws MetaKraftwerkException the failure, where there is none
     */
    Landed giveUp(MetaKraftwerkException failure, DeploymentState last)
            throws MetaKraftwerkException, InterruptedException {
        Optional<BuildDeployment> found = Optional.empty();
        if (last.doubted()) {
            try {
                found = PlannedPhase.doubtedRecord(context, last);
            } catch (MetaKraftwerkException | RuntimeException | Error e) {
                throw texts.unknown(failure.text(), failure);
            }
        }
        return landed(Origin.ADOPTED, found.orElseThrow(() -> failure));
    }

    private Landed landed(Origin origin, BuildDeployment record) {
        return new Landed(new SendDecision.Take(record, origin, texts.finished(origin, record)));
    }

    private Outcome failed(MetaKraftwerkException failure, DeploymentState now)
            throws MetaKraftwerkException, InterruptedException {
        if (failure.effect() == Effect.UNKNOWN) {
            context.say().accept(Text.forKey("run.lost", failure.text(), RecordSearch.WINDOW.toSeconds()));
            return lookForRecord(now.baseline(), failure);
        }
        DeploymentState next = sent.afterwards(failure);
        sent.refused();
        MetaKraftwerkClient used = context.connection().client();
        if (context.connection().mayRenew(failure, used)) {
            return context.connection().renews(used)
                    ? new Retry(next, Optional.empty(), Duration.ZERO)
                    : giveUp(failure, next);
        }
        Optional<Duration> wait = context.backoff().next(failure);
        return wait.isPresent()
                ? new Retry(next, Optional.of(context.backoff().announce(failure, wait.get())), wait.get())
                : giveUp(context.backoff().gaveUp(failure), next);
    }

    private Landed lookForRecord(long baseline, MetaKraftwerkException lost)
            throws MetaKraftwerkException, InterruptedException {
        Optional<BuildDeployment> found;
        try {
            found = RecordSearch.own(context, baseline, RecordSearch.WINDOW).find();
        } catch (MetaKraftwerkException | RuntimeException | Error e) {
            throw texts.unknown(context.known(e).text(), lost);
        }
        return landed(
                Origin.ADOPTED,
                found.orElseThrow(() -> texts.unknown(
                        Text.forKey(
                                "run.noRecord", context.plan().request().buildId(), RecordSearch.WINDOW.toSeconds()),
                        lost)));
    }
}
