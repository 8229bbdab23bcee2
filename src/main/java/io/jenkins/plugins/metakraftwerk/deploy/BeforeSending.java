package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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
    CompletableFuture<Decision> decide(DeploymentState planned) {
        Chain<Decision> result = new Chain<>(parts.serial());
        // What others have done is known before anything is decided, and who came before before anybody has a turn.
        if (MemoryWait.trouble(parts).isEmpty()) {
            queue(planned, result);
        } else {
            result.then(new MemoryWait(parts, deadline).start(), known -> queue(planned, result));
        }
        return result;
    }

    private void queue(DeploymentState planned, Chain<Decision> result) {
        TurnQueue.Turn place = turn.enter();
        if (place != null && place.waits()) {
            result.then(new TurnWait(parts, place, deadline).start(), came -> afterSearches(planned, result));
        } else {
            afterSearches(planned, result);
        }
    }

    private void afterSearches(DeploymentState planned, Chain<Decision> result) {
        result.then(new SearchesWait(parts).start(), over -> consult(planned, result));
    }

    /** A request of this run has landed. */
    void settle() {
        earlier.settle();
    }

    private void consult(DeploymentState planned, Chain<Decision> result) {
        result.then(
                earlier.consult(),
                taken -> taken.ifPresentOrElse(result::complete, () -> afterRefusal(planned, result)));
    }

    /** A refusal of the API's own may have come after the work was done: then the record is there now. */
    private void afterRefusal(DeploymentState planned, Chain<Decision> result) {
        if (!planned.doubted()) {
            automatic(planned, result);
            return;
        }
        result.then(doubtedRecord(parts, planned), found -> {
            if (found.isPresent()) {
                result.complete(
                        new Decision.Take(found.get(), Origin.ADOPTED, texts.finished(Origin.ADOPTED, found.get())));
            } else {
                automatic(planned, result);
            }
        });
    }

    /** The record of a request that the server seemed to have refused, if there is one that nobody else is looking for. */
    static CompletableFuture<Optional<BuildDeployment>> doubtedRecord(RunParts parts, DeploymentState planned) {
        return parts.retries()
                .read(() -> RecordSearch.yielding(parts, planned.baseline(), RecordSearch.ONCE)
                        .find());
    }

    private void automatic(DeploymentState planned, Chain<Decision> result) {
        boolean look = planned.sawUnfinished() && parts.plan().takesAutomatic() && seenAutomatic == null;
        if (!look) {
            records(planned, result);
            return;
        }
        result.then(new AutomaticDeployment(parts).look(), seen -> {
            seenAutomatic = seen.newest().map(BuildDeployment::id).orElse(0L);
            if (seen.take().isPresent()) {
                result.complete(seen.take().get());
            } else if (parts.plan().skips()) {
                records(planned, result);
            } else {
                send(planned, new ExistingRecords.Found(seen.newest(), Optional.empty()), result);
            }
        });
    }

    private void records(DeploymentState planned, Chain<Decision> result) {
        var look = parts.retries().read(() -> Futures.both(new ExistingRecords(parts).look(), check()));
        result.then(look, found -> {
            if (found.skipFor().isPresent()) {
                BuildDeployment record = found.skipFor().get();
                result.complete(new Decision.Take(record, Origin.SKIPPED, texts.finished(Origin.SKIPPED, record)));
            } else if (seenAutomatic != null && found.baseline() > seenAutomatic) {
                lateAutomatic(planned, found, result);
            } else {
                send(planned, found, result);
            }
        });
    }

    /** The server's own deployment may show up only after the looks for it. */
    private void lateAutomatic(DeploymentState planned, ExistingRecords.Found found, Chain<Decision> result) {
        long seen = seenAutomatic;
        seenAutomatic = found.baseline();
        var search =
                parts.retries().read(() -> RecordSearch.foreign(parts, seen).find(ExecutorFilter::namesNobody));
        result.then(
                search,
                late -> late.ifPresentOrElse(
                        record -> result.complete(AutomaticDeployment.take(record, parts.plan())),
                        () -> send(planned, found, result)));
    }

    private CompletableFuture<Void> check() {
        // A build that was waited for has just been read.
        return parts.plan().waitForBuild() ? CompletableFuture.completedFuture(null) : BuildCheck.of(parts);
    }

    private void send(DeploymentState planned, ExistingRecords.Found found, Chain<Decision> result) {
        if (lastBaseline != null && found.baseline() > lastBaseline) {
            parts.log().accept(Text.of("run.newRecord", found.baseline()));
        }
        lastBaseline = found.baseline();
        // In doubt, what shows up late is looked for above the first request's baseline.
        result.complete(new Decision.Send(planned.doubted() ? planned.baseline() : found.baseline()));
    }
}
