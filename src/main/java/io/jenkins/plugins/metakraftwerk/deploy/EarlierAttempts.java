package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.Place;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What became of earlier requests of the same kind whose outcome is not known. Within one Jenkins build, to send again
 * would be the second deployment that nobody wanted; a new build was started by somebody, who is told.
 */
final class EarlierAttempts {

    private static final Logger LOGGER = Logger.getLogger(EarlierAttempts.class.getName());

    private final RunParts parts;
    private final RunTexts texts;
    private final RunListener listener;
    private final Chain<Optional<Decision.Take>> result;

    /** The place of the line with which this run began, also before a restart: what ended unknown since then is after it. */
    private final long began;

    private List<UnknownAttempt> earlier = List.of();

    /** Made when the run begins: what others leave unknown while it waits, it was not started after. */
    EarlierAttempts(RunParts parts, RunTexts texts, RunListener listener, long began) {
        this.parts = parts;
        this.texts = texts;
        this.listener = listener;
        this.began = began;
        result = new Chain<>(parts.serial());
    }

    private List<UnknownAttempt> earlier() {
        return parts.shared().attempts().of(parts.key(), parts.who().owner()).stream()
                .filter(attempt -> !attempt.overtaken() || isOfThisBuild(attempt))
                .toList();
    }

    /** A record to take; empty where nothing keeps the run from sending. Fails where it must not send. */
    CompletableFuture<Optional<Decision.Take>> consult() {
        earlier = earlier();
        if (earlier.isEmpty()) {
            result.complete(Optional.empty());
            return result;
        }
        List<UnknownAttempt> near = earlier.stream()
                .filter(attempt -> isOfThisBuild(attempt) || endedMeanwhile(attempt))
                .toList();
        if (near.isEmpty()) {
            ofOtherBuilds(earlier.get(earlier.size() - 1));
        } else {
            ofThisBuild(near);
        }
        return result;
    }

    /** Asked no more, since a request of the same kind has landed after them. */
    void settle() {
        String executor = UnknownAttempt.executor(parts.plan().request());
        for (UnknownAttempt attempt : earlier) {
            if (!attempt.hasExecutor(executor)) {
                continue;
            }
            if (isOfThisBuild(attempt)) {
                parts.shared().attempts().settle(attempt.sender());
            } else {
                parts.shared().attempts().overtake(attempt);
            }
        }
    }

    private boolean isOfThisBuild(UnknownAttempt attempt) {
        return attempt.isOfBuildOf(parts.who());
    }

    /** What the build of an attempt is called now. */
    private Serializable name(UnknownAttempt attempt) {
        Place place = parts.shared().attempts().place(attempt);
        Optional<String> name = place.buildName() == null ? Optional.empty() : listener.buildName(place);
        return name.isPresent() ? name.get() : Text.of("earlier.deletedJob");
    }

    /** Whether the run ended unknown while this one waited: to send now would be the second of two that meant one. */
    private boolean endedMeanwhile(UnknownAttempt attempt) {
        return parts.plan().skips() && parts.shared().attempts().placeOf(attempt) > began;
    }

    private void ofThisBuild(List<UnknownAttempt> near) {
        UnknownAttempt first = near.get(0);
        // Not later, when somebody may have settled it.
        boolean meanwhile = endedMeanwhile(first);
        long baseline = near.stream().mapToLong(UnknownAttempt::baseline).min().orElseThrow();
        var search = parts.retries()
                .read(() -> meanwhile
                        ? RecordSearch.foreign(parts, baseline).find()
                        : RecordSearch.foreign(parts, baseline).find(record -> true));
        result.then(search, found -> {
            if (found.isPresent()) {
                take(first, found.get(), meanwhile ? Origin.SKIPPED : Origin.ADOPTED);
            } else if (parts.plan().sendAfterUnknown()) {
                parts.log().accept(Text.of("earlier.sendingAllTheSame", name(first)));
                result.complete(Optional.empty());
            } else {
                stillUnknown(near);
            }
        });
    }

    private void stillUnknown(List<UnknownAttempt> near) {
        UnknownAttempt first = near.get(0);
        // Also for a further attempt of this build, which was not started after that of the other.
        var noted = near.stream().anyMatch(this::isOfThisBuild)
                ? parts.shared().ledger().kept()
                : parts.shared().attempts().follow(first, parts.who());
        result.then(
                Patience.within(parts.timing(), Patience.AT_THE_END, noted),
                kept -> result.completeExceptionally(texts.stillUnknown(name(first))));
    }

    private void ofOtherBuilds(UnknownAttempt last) {
        var look = parts.retries().read(() -> new ExistingRecords(parts).newestOfAllBuilds());
        result.then(look, newest -> {
            DeploymentRequest request = parts.plan().request();
            Optional<BuildDeployment> candidate = newest.filter(record -> request.matches(record)
                    && record.id() > last.baseline()
                    && parts.shared().attempts().isAdoptable(last));
            if (candidate.isEmpty()) {
                sendingAgain(last, newest);
                return;
            }
            long id = candidate.get().id();
            var search = parts.retries()
                    .read(() -> RecordSearch.foreign(parts, id - 1)
                            .findAmong(List.of(candidate.get()), record -> record.id() == id));
            result.then(
                    search,
                    found -> found.ifPresentOrElse(
                            record -> take(last, record, Origin.ADOPTED), () -> sendingAgain(last, newest)));
        });
    }

    private void sendingAgain(UnknownAttempt last, Optional<BuildDeployment> newest) {
        parts.log()
                .accept(newest.map(
                                record -> Text.of("earlier.otherBuildFound", name(last), record.id(), record.buildId()))
                        .orElseGet(() -> Text.of("earlier.otherBuild", name(last))));
        result.complete(Optional.empty());
    }

    private void take(UnknownAttempt attempt, BuildDeployment record, Origin origin) {
        Serializable name = name(attempt);
        // First, since where its build is now stands in what is settled.
        tell(attempt.sender(), record);
        parts.shared().attempts().settle(attempt.sender());
        result.complete(Optional.of(new Decision.Take(
                record,
                origin,
                Text.of("earlier.found", record.id(), parts.plan().serverLabel(), name))));
    }

    /** Whoever fails to hear of it must not end what goes on with that record. */
    private void tell(String owner, BuildDeployment record) {
        try {
            listener.found(owner, parts.result(Origin.ADOPTED, record));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not tell what became of " + owner);
        }
    }
}
