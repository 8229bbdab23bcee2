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
 * The steps of a run between its plan and its request. The run waits for its turn, and finds out if the request is
 * needless or wrong. Sends no deployment.
 */
final class PlannedPhase {

    private final RunContext context;
    private final RunTexts texts;
    private final EarlierAttempts earlier;
    private final RunTurn turn;
    private final Deadline deadline;

    /** Highest id when the run looked for an automatic deployment; null if it has not looked yet. */
    private Long seenAutomatic;

    private Long lastBaseline;

    /** @param deadline end of the wait for its turn */
    PlannedPhase(RunContext context, RunTexts texts, EarlierAttempts earlier, RunTurn turn, Deadline deadline) {
        this.context = context;
        this.texts = texts;
        this.earlier = earlier;
        this.turn = turn;
        this.deadline = deadline;
    }

    /** Decides if the run sends. Called once for each request of the run. */
    SendDecision decide(DeploymentState planned) throws MetaKraftwerkException, InterruptedException {
        // The notes on others must be readable before anything is decided, and the order of the runs before one has its
        // turn.
        new LedgerWait(context, deadline).await();
        TurnQueue.Turn ownTurn = context.platformCalls().get(turn::enter);
        if (ownTurn != null && ownTurn.waits()) {
            new TurnWait(context, ownTurn, deadline).await();
        }
        new PendingSearchesWait(context).await();
        Optional<SendDecision.Take> taken = earlier.consult();
        if (taken.isEmpty()) {
            taken = afterRefusal(planned);
        }
        return taken.isPresent() ? taken.get() : readAndDecide(planned);
    }

    /** Settles earlier attempts after a request of this run has landed. */
    void settle() {
        earlier.settle();
    }

    /** Looks for the record of a request that was refused, perhaps after the work was done. */
    private Optional<SendDecision.Take> afterRefusal(DeploymentState planned)
            throws MetaKraftwerkException, InterruptedException {
        if (!planned.doubted()) {
            return Optional.empty();
        }
        return doubtedRecord(context, planned)
                .map(record -> new SendDecision.Take(record, Origin.ADOPTED, texts.finished(Origin.ADOPTED, record)));
    }

    /**
     * Returns the record of a request that the server seemed to have refused. Empty if there is none, or if another run
     * may look for it.
     */
    static Optional<BuildDeployment> doubtedRecord(RunContext context, DeploymentState planned)
            throws MetaKraftwerkException, InterruptedException {
        return context.repeats()
                .read(() -> RecordSearch.yielding(context, planned.baseline(), RecordSearch.ONCE)
                        .find());
    }

    private SendDecision readAndDecide(DeploymentState planned) throws MetaKraftwerkException, InterruptedException {
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
        ExistingRecords.NewestRecords existing = context.repeats().read(this::recordsOfGoodBuild);
        if (existing.skipFor().isPresent()) {
            BuildDeployment record = existing.skipFor().get();
            return new SendDecision.Take(record, Origin.SKIPPED, texts.finished(Origin.SKIPPED, record));
        }
        if (seenAutomatic != null && existing.baseline() > seenAutomatic) {
            Optional<BuildDeployment> late = lateAutomatic(existing);
            if (late.isPresent()) {
                return AutomaticDeploymentSearch.take(late.get(), context.plan());
            }
        }
        return send(planned, existing);
    }

    /**
     * Reads the build and the records at the same time. A problem of the build counts at once, and more than a failed
     * list.
     */
    private ExistingRecords.NewestRecords recordsOfGoodBuild() throws MetaKraftwerkException, InterruptedException {
        Future<ExistingRecords.NewestRecords> records =
                VirtualThreads.begin(Runnable::run, () -> new ExistingRecords(context).look());
        try {
            // A build that the run has waited for was just read.
            if (!context.plan().waitForBuild()) {
                BuildCheck.requireFinished(context);
            }
            return VirtualThreadWaits.await(records);
        } finally {
            records.cancel(true);
        }
    }

    /** Returns the record of an automatic deployment that shows up only after the search for it. */
    private Optional<BuildDeployment> lateAutomatic(ExistingRecords.NewestRecords existing)
            throws MetaKraftwerkException, InterruptedException {
        long seen = seenAutomatic;
        seenAutomatic = existing.baseline();
        return context.repeats().read(() -> RecordSearch.foreign(context, seen).find(AgentFilter::namesNobody));
    }

    private SendDecision send(DeploymentState planned, ExistingRecords.NewestRecords existing)
            throws InterruptedException {
        if (lastBaseline != null && existing.baseline() > lastBaseline) {
            context.say().accept(Text.forKey("run.newRecord", existing.baseline()));
        }
        lastBaseline = existing.baseline();
        // After a doubtful refusal, records above the baseline of the first request count.
        return new SendDecision.Send(planned.doubted() ? planned.baseline() : existing.baseline());
    }
}
