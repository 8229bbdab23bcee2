package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Retries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A request of a run and what follows from its answer: it has landed, or it is worth another try, or the run fails. */
final class SendingPhase {

    /** How a request ended that did not make the run fail. */
    sealed interface Outcome {}

    record Landed(Decision.Take record) implements Outcome {}

    /**
     * It is to be tried again.
     *
     * @param next the state in which it is planned anew
     * @param announced what the log says when that state is kept
     * @param pause until then
     */
    record Again(DeploymentState next, Optional<Text> announced, Duration pause) implements Outcome {}

    private final RunParts parts;
    private final RunTexts texts;
    private final SentRequest sent;
    private final Chain<Outcome> result;

    SendingPhase(RunParts parts, RunTexts texts, SentRequest sent) {
        this.parts = parts;
        this.texts = texts;
        this.sent = sent;
        result = new Chain<>(parts.serial());
    }

    /** Sends. Where the outcome stays unknown, the failure says so. */
    CompletableFuture<Outcome> send(DeploymentState now) {
        result.either(sent.begin(), (record, failure) -> {
            if (failure == null) {
                answered(record);
            } else {
                failed(RunTexts.ofRequest(failure), now);
            }
        });
        return result;
    }

    /** Looks for the record of a request that was sent before a restart, perhaps. */
    CompletableFuture<Outcome> resume(DeploymentState sending, Deadline deadline) {
        if (MemoryWait.trouble(parts).isEmpty()) {
            lookForRecord(sending.baseline(), null);
            return result;
        }
        // Else it might take the record of another.
        result.either(new MemoryWait(parts, deadline).start(), (known, failure) -> {
            if (failure == null) {
                lookForRecord(sending.baseline(), null);
            } else {
                result.completeExceptionally(
                        texts.unknown(RunTexts.known(failure).text(), null));
            }
        });
        return result;
    }

    /** The run fails, unless a request that seemed to be refused was carried out all the same. */
    CompletableFuture<Outcome> giveUp(MetaKraftwerkException failure, DeploymentState last) {
        if (!last.doubted()) {
            result.completeExceptionally(failure);
            return result;
        }
        result.either(BeforeSending.doubtedRecord(parts, last), (found, trouble) -> {
            if (trouble != null) {
                result.completeExceptionally(texts.unknown(failure.text(), failure));
            } else if (found.isPresent()) {
                result.complete(landed(Origin.ADOPTED, found.get()));
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private Landed landed(Origin origin, BuildDeployment record) {
        return new Landed(new Decision.Take(record, origin, texts.finished(origin, record)));
    }

    private void answered(BuildDeployment record) {
        if (parts.plan().request().matches(record)) {
            result.complete(landed(Origin.CREATED, record));
        } else {
            result.completeExceptionally(texts.otherRecord(record));
        }
    }

    private void failed(MetaKraftwerkException failure, DeploymentState now) {
        if (failure.effect() == Effect.UNKNOWN) {
            parts.log().accept(Text.of("run.lost", failure.text(), RecordSearch.WINDOW.toSeconds()));
            lookForRecord(now.baseline(), failure);
            return;
        }
        DeploymentState next = sent.afterwards(failure);
        sent.refused();
        MetaKraftwerkClient used = parts.connection().client();
        if (parts.connection().mayRenew(failure, used)) {
            result.either(parts.connection().renew(used), (changed, trouble) -> {
                if (trouble == null && changed) {
                    result.complete(new Again(next, Optional.empty(), Duration.ZERO));
                } else {
                    giveUp(failure, next);
                }
            });
            return;
        }
        Optional<Duration> wait = parts.backoff().next(failure);
        if (wait.isPresent()) {
            result.complete(new Again(next, Optional.of(parts.backoff().announce(failure, wait.get())), wait.get()));
        } else {
            giveUp(Retries.gaveUp(failure, parts.backoff()), next);
        }
    }

    private void lookForRecord(long baseline, MetaKraftwerkException lost) {
        result.either(RecordSearch.own(parts, baseline, RecordSearch.WINDOW).find(), (found, failure) -> {
            if (failure == null && found.isPresent()) {
                result.complete(landed(Origin.ADOPTED, found.get()));
                return;
            }
            Text why = failure == null
                    ? Text.of("run.noRecord", parts.plan().request().buildId(), RecordSearch.WINDOW.toSeconds())
                    : RunTexts.known(failure).text();
            result.completeExceptionally(texts.unknown(why, lost));
        });
    }
}
