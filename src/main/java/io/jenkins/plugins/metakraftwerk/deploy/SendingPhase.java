package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.time.Duration;
import java.util.Optional;

/** Phase in which the request of a run is out. It ends with a record, with a retry, or with the failure of the run. */
final class SendingPhase {

    /** End of a request that does not fail the run. */
    sealed interface Outcome {}

    record Landed(SendDecision.Take record) implements Outcome {}

    /**
     * The request is to be sent again.
     *
     * @param next the state in which it is planned anew
     * @param announced the line for the log, printed when that state is kept
     * @param pause time until the next try
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

    /** Waits for the response to a request. If the outcome stays unknown, the failure tells it. */
    Outcome await(PendingResponse response, DeploymentState state) throws MetaKraftwerkException, InterruptedException {
        BuildDeployment record;
        try {
            record = response.get();
        } catch (MetaKraftwerkException e) {
            return failed(e, state);
        } catch (RuntimeException | Error e) {
            // A bug of the plugin does not show what the server did.
            return failed(MetaKraftwerkException.outcomeUnknown(context.known(e).text(), null), state);
        }
        if (!context.plan().request().matches(record)) {
            throw texts.otherRecord(record);
        }
        return landed(Origin.CREATED, record);
    }

    /** Looks for the record of a request that may have been sent before a restart. */
    Landed resume(DeploymentState sending, Deadline deadline) throws MetaKraftwerkException, InterruptedException {
        try {
            // Without the notes on other runs, it might take one of their records.
            new LedgerWait(context, deadline).await();
        } catch (MetaKraftwerkException e) {
            throw texts.unknown(e.text(), null);
        }
        return lookForRecord(sending.baseline(), null);
    }

    /**
     * Returns the record of a request that was carried out although it seemed to be refused.
     *
     * @throws MetaKraftwerkException the given failure, if there is no such record
     */
    Landed giveUp(MetaKraftwerkException failure, DeploymentState last)
            throws MetaKraftwerkException, InterruptedException {
        Optional<BuildDeployment> foundRecord = Optional.empty();
        if (last.doubted()) {
            try {
                foundRecord = PlannedPhase.doubtedRecord(context, last);
            } catch (MetaKraftwerkException | RuntimeException | Error e) {
                throw texts.unknown(failure.text(), failure);
            }
        }
        return landed(Origin.ADOPTED, foundRecord.orElseThrow(() -> failure));
    }

    private Landed landed(Origin origin, BuildDeployment record) {
        return new Landed(new SendDecision.Take(record, origin, texts.finished(origin, record)));
    }

    private Outcome failed(MetaKraftwerkException failure, DeploymentState state)
            throws MetaKraftwerkException, InterruptedException {
        if (failure.effect() == Effect.UNKNOWN) {
            context.say().accept(Text.forKey("run.lost", failure.text(), RecordSearch.WINDOW.toSeconds()));
            return lookForRecord(state.baseline(), failure);
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
        Optional<BuildDeployment> foundRecord;
        try {
            foundRecord =
                    RecordSearch.own(context, baseline, RecordSearch.WINDOW).find();
        } catch (MetaKraftwerkException | RuntimeException | Error e) {
            throw texts.unknown(context.known(e).text(), lost);
        }
        return landed(
                Origin.ADOPTED,
                foundRecord.orElseThrow(() -> texts.unknown(
                        Text.forKey(
                                "run.noRecord", context.plan().request().buildId(), RecordSearch.WINDOW.toSeconds()),
                        lost)));
    }
}
