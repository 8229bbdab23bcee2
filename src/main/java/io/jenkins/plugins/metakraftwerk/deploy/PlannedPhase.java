package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * All that a run does between its plan and its request: waits for its turn, and looks whether something is there that
 * makes the request needless or wrong. Only reads.
 */
final class PlannedPhase {

    private final RunContext context;
    private final RunTexts texts;
    private final EarlierAttempts earlier;
    private final RunTurn turn;
    private final Deadline deadline;

    /** The highest id when the server's own deployment was looked for; null as long as it was not. */
    private Long seenAutomatic;

    private Long lastBaseline;

    /** @param deadline for the wait for its turn */
    PlannedPhase(RunContext context, RunTexts texts, EarlierAttempts earlier, RunTurn turn, Deadline deadline) {
        this.context = context;
        this.texts = texts;
        this.earlier = earlier;
        this.turn = turn;
        this.deadline = deadline;
    }

    /** Called again for each further request of the run. */
    SendDecision decide(DeploymentState planned) throws MetaKraftwerkException, InterruptedException {
        // What others have done is known before anything is decided, and who came before before anybody has a turn.
        new LedgerWait(context, deadline).await();
        TurnQueue.Turn place = context.platformCalls().get(turn::enter);
        if (place != null && place.waits()) {
            new TurnWait(context, place, deadline).await();
        }
        new PendingSearchesWait(context).await();
        Optional<SendDecision.Take> taken = earlier.consult();
        if (taken.isEmpty()) {
            taken = afterRefusal(planned);
        }
        return taken.isPresent() ? taken.get() : look(planned);
    }

    /** A request of this run has landed. */
    void settle() {
        earlier.settle();
    }

    /** A refusal of the API's own may have come after the work was done: then the record is there now. */
    private Optional<SendDecision.Take> afterRefusal(DeploymentState planned)
            throws MetaKraftwerkException, InterruptedException {
        if (!planned.doubted()) {
            return Optional.empty();
        }
        return doubtedRecord(context, planned)
                .map(record -> new SendDecision.Take(record, Origin.ADOPTED, texts.finished(Origin.ADOPTED, record)));
    }

    /** The record of a request that the server seemed to have refused, if there is one that nobody else is looking for. */
    static Optional<BuildDeployment> doubtedRecord(RunContext context, DeploymentState planned)
            throws MetaKraftwerkException, InterruptedException {
        return context.repeats()
                .read(() -> RecordSearch.yielding(context, planned.baseline(), RecordSearch.ONCE)
                        .find());
    }

    private SendDecision look(DeploymentState planned) throws MetaKraftwerkException, InterruptedException {
        if (planned.sawUnfinished() && context.plan().takesAutomatic() && seenAutomatic == null) {
            AutomaticDeploymentSearch.Result seen = new AutomaticDeploymentSearch(context).look();
            seenAutomatic = seen.newest().map(BuildDeployment::id).orElse(0L);
            if (seen.take().isPresent()) {
                return seen.take().get();
            }
            if (!context.plan().skips()) {
                return send(planned, new ExistingRecords.NewestRecords(seen.newest(), Optional.empty()));
            }
        }
        ExistingRecords.NewestRecords found = context.repeats().read(this::recordsOfGoodBuild);
        if (found.skipFor().isPresent()) {
            BuildDeployment record = found.skipFor().get();
            return new SendDecision.Take(record, Origin.SKIPPED, texts.finished(Origin.SKIPPED, record));
        }
        if (seenAutomatic != null && found.baseline() > seenAutomatic) {
            Optional<BuildDeployment> late = lateAutomatic(found);
            if (late.isPresent()) {
                return AutomaticDeploymentSearch.take(late.get(), context.plan());
            }
        }
        return send(planned, found);
    }

    /** Both are read at the same time. What is wrong with the build counts at once, and more than a list that fails. */
    private ExistingRecords.NewestRecords recordsOfGoodBuild() throws MetaKraftwerkException, InterruptedException {
        Future<ExistingRecords.NewestRecords> records =
                VirtualThreads.begin(Runnable::run, () -> new ExistingRecords(context).look());
        try {
            // A build that was waited for has just been read.
            if (!context.plan().waitForBuild()) {
                BuildCheck.requireFinished(context);
            }
            return VirtualThreadWaits.await(records);
        } finally {
            records.cancel(true);
        }
    }

    /** The server's own deployment may show up only after the looks for it. */
    private Optional<BuildDeployment> lateAutomatic(ExistingRecords.NewestRecords found)
            throws MetaKraftwerkException, InterruptedException {
        long seen = seenAutomatic;
        seenAutomatic = found.baseline();
        return context.repeats().read(() -> RecordSearch.foreign(context, seen).find(AgentFilter::namesNobody));
    }

    private SendDecision send(DeploymentState planned, ExistingRecords.NewestRecords found)
            throws InterruptedException {
        if (lastBaseline != null && found.baseline() > lastBaseline) {
            context.say().accept(Text.forKey("run.newRecord", found.baseline()));
        }
        lastBaseline = found.baseline();
        // In doubt, what shows up late is looked for above the first request's baseline.
        return new SendDecision.Send(planned.doubted() ? planned.baseline() : found.baseline());
    }
}
