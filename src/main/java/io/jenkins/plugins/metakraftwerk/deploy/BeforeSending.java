package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.client.Waits;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * All that a run does between its plan and its request: waits for its turn, and looks whether something is there that
 * makes the request needless or wrong. Only reads.
 */
final class BeforeSending {

    private final RunParts parts;
    private final RunTexts texts;
    private final EarlierAttempts earlier;
    private final RunTurn turn;
    private final Deadline deadline;

    /** The highest id when the server's own deployment was looked for; null as long as it was not. */
    private Long seenAutomatic;

    private Long lastBaseline;

    /** @param deadline for the wait for its turn */
    BeforeSending(RunParts parts, RunTexts texts, EarlierAttempts earlier, RunTurn turn, Deadline deadline) {
        this.parts = parts;
        this.texts = texts;
        this.earlier = earlier;
        this.turn = turn;
        this.deadline = deadline;
    }

    /** Called again for each further request of the run. */
    Decision decide(DeploymentState planned) throws MetaKraftwerkException, InterruptedException {
        // What others have done is known before anything is decided, and who came before before anybody has a turn.
        new MemoryWait(parts, deadline).await();
        TurnQueue.Turn place = parts.door().get(turn::enter);
        if (place != null && place.waits()) {
            new TurnWait(parts, place, deadline).await();
        }
        new SearchesWait(parts).await();
        Optional<Decision.Take> taken = earlier.consult();
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
    private Optional<Decision.Take> afterRefusal(DeploymentState planned)
            throws MetaKraftwerkException, InterruptedException {
        if (!planned.doubted()) {
            return Optional.empty();
        }
        return doubtedRecord(parts, planned)
                .map(record -> new Decision.Take(record, Origin.ADOPTED, texts.finished(Origin.ADOPTED, record)));
    }

    /** The record of a request that the server seemed to have refused, if there is one that nobody else is looking for. */
    static Optional<BuildDeployment> doubtedRecord(RunParts parts, DeploymentState planned)
            throws MetaKraftwerkException, InterruptedException {
        return parts.repeats()
                .read(() -> RecordSearch.yielding(parts, planned.baseline(), RecordSearch.ONCE)
                        .find());
    }

    private Decision look(DeploymentState planned) throws MetaKraftwerkException, InterruptedException {
        if (planned.sawUnfinished() && parts.plan().takesAutomatic() && seenAutomatic == null) {
            AutomaticDeployment.Seen seen = new AutomaticDeployment(parts).look();
            seenAutomatic = seen.newest().map(BuildDeployment::id).orElse(0L);
            if (seen.take().isPresent()) {
                return seen.take().get();
            }
            if (!parts.plan().skips()) {
                return send(planned, new ExistingRecords.Found(seen.newest(), Optional.empty()));
            }
        }
        ExistingRecords.Found found = parts.repeats().read(this::recordsOfGoodBuild);
        if (found.skipFor().isPresent()) {
            BuildDeployment record = found.skipFor().get();
            return new Decision.Take(record, Origin.SKIPPED, texts.finished(Origin.SKIPPED, record));
        }
        if (seenAutomatic != null && found.baseline() > seenAutomatic) {
            Optional<BuildDeployment> late = lateAutomatic(found);
            if (late.isPresent()) {
                return AutomaticDeployment.take(late.get(), parts.plan());
            }
        }
        return send(planned, found);
    }

    /** Both are read at the same time. What is wrong with the build counts at once, and more than a list that fails. */
    private ExistingRecords.Found recordsOfGoodBuild() throws MetaKraftwerkException, InterruptedException {
        Future<ExistingRecords.Found> records =
                VirtualThreads.begin(Runnable::run, () -> new ExistingRecords(parts).look());
        try {
            // A build that was waited for has just been read.
            if (!parts.plan().waitForBuild()) {
                BuildCheck.of(parts);
            }
            return Waits.of(records);
        } finally {
            records.cancel(true);
        }
    }

    /** The server's own deployment may show up only after the looks for it. */
    private Optional<BuildDeployment> lateAutomatic(ExistingRecords.Found found)
            throws MetaKraftwerkException, InterruptedException {
        long seen = seenAutomatic;
        seenAutomatic = found.baseline();
        return parts.repeats().read(() -> RecordSearch.foreign(parts, seen).find(ExecutorFilter::namesNobody));
    }

    private Decision send(DeploymentState planned, ExistingRecords.Found found) throws InterruptedException {
        if (lastBaseline != null && found.baseline() > lastBaseline) {
            parts.say().accept(Text.of("run.newRecord", found.baseline()));
        }
        lastBaseline = found.baseline();
        // In doubt, what shows up late is looked for above the first request's baseline.
        return new Decision.Send(planned.doubted() ? planned.baseline() : found.baseline());
    }
}
