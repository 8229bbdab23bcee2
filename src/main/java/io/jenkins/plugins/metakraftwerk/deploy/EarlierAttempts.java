package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds the outcome of earlier requests of the same kind that ended unknown. Within one Jenkins build, the run does not
 * send again: that could be a second deployment. A new Jenkins build was started by a person, who is told.
 */
final class EarlierAttempts {

    private static final Logger LOGGER = Logger.getLogger(EarlierAttempts.class.getName());

    private final RunContext context;
    private final RunTexts texts;
    private final DeploymentRunListener listener;

    /**
     * Number of the line with which this run began, also before a restart. Attempts with a higher number ended unknown
     * since.
     */
    private final long began;

    private List<UnknownAttempt> earlier = List.of();

    /** @param began the number of the line with which the run began: later attempts ended while it waited */
    EarlierAttempts(RunContext context, RunTexts texts, DeploymentRunListener listener, long began) {
        this.context = context;
        this.texts = texts;
        this.listener = listener;
        this.began = began;
    }

    private List<UnknownAttempt> earlier() {
        return context.shared().attempts().forKey(context.key(), context.who().owner()).stream()
                .filter(attempt -> !attempt.overtaken() || isOfThisBuild(attempt))
                .toList();
    }

    /**
     * Returns a record to take; empty if the run may send.
     *
     * @throws MetaKraftwerkException if the run must not send
     */
    Optional<SendDecision.Take> consult() throws MetaKraftwerkException, InterruptedException {
        List<UnknownAttempt> blocking = context.platformCalls().get(this::blocking);
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        return blocking.isEmpty() ? ofOtherBuilds(earlier.get(earlier.size() - 1)) : ofThisBuild(blocking);
    }

    /** Returns the earlier attempts after which this run must not send by itself. */
    private List<UnknownAttempt> blocking() {
        earlier = earlier();
        return earlier.stream()
                .filter(attempt -> isOfThisBuild(attempt) || endedMeanwhile(attempt))
                .toList();
    }

    /** Settles or overtakes the earlier attempts, since a request of the same kind has landed. */
    void settle() {
        String executor = UnknownAttempt.executor(context.plan().request());
        for (UnknownAttempt attempt : earlier) {
            if (!attempt.hasExecutor(executor)) {
                continue;
            }
            if (isOfThisBuild(attempt)) {
                context.shared().attempts().settle(attempt.sender());
            } else {
                context.shared().attempts().overtake(attempt);
            }
        }
    }

    private boolean isOfThisBuild(UnknownAttempt attempt) {
        return attempt.isOfBuildOf(context.who());
    }

    /** Returns the present name of the Jenkins build of an attempt. */
    private Serializable name(UnknownAttempt attempt) throws MetaKraftwerkException, InterruptedException {
        return context.platformCalls().get(() -> nameOf(attempt));
    }

    private Serializable nameOf(UnknownAttempt attempt) {
        BuildLocation location = context.shared().attempts().place(attempt);
        Optional<String> name = location.buildName() == null ? Optional.empty() : listener.buildName(location);
        return name.isPresent() ? name.get() : Text.forKey("earlier.deletedJob");
    }

    /**
     * Returns true if the attempt ended unknown while this run waited. Both were meant as one deployment, so sending
     * now could be the second.
     */
    private boolean endedMeanwhile(UnknownAttempt attempt) {
        return context.plan().skips() && context.shared().attempts().placeOf(attempt) > began;
    }

    private Optional<SendDecision.Take> ofThisBuild(List<UnknownAttempt> blocking)
            throws MetaKraftwerkException, InterruptedException {
        UnknownAttempt first = blocking.get(0);
        // Read now: later, somebody may have settled it.
        boolean endedWhileWaiting = context.platformCalls().get(() -> endedMeanwhile(first));
        long baseline =
                blocking.stream().mapToLong(UnknownAttempt::baseline).min().orElseThrow();
        Optional<BuildDeployment> foundRecord = context.repeats()
                .read(() -> endedWhileWaiting
                        ? RecordSearch.foreign(context, baseline).find()
                        : RecordSearch.foreign(context, baseline).find(record -> true));
        if (foundRecord.isPresent()) {
            return Optional.of(take(first, foundRecord.get(), endedWhileWaiting ? Origin.SKIPPED : Origin.ADOPTED));
        }
        if (context.plan().sendAfterUnknown()) {
            context.say().accept(Text.forKey("earlier.sendingAllTheSame", name(first)));
            return Optional.empty();
        }
        BoundedWait.awaits(context.timing(), context.platformCalls().get(() -> note(blocking)));
        throw texts.stillUnknown(name(first));
    }

    /**
     * Notes that this run ends unknown too, so that further attempts of its Jenkins build do not send. Attempts of the
     * same build need no note of their own.
     */
    private Signal note(List<UnknownAttempt> blocking) {
        return blocking.stream().anyMatch(this::isOfThisBuild)
                ? context.shared().ledger().kept()
                : context.shared().attempts().follow(blocking.get(0), context.who());
    }

    private Optional<SendDecision.Take> ofOtherBuilds(UnknownAttempt last)
            throws MetaKraftwerkException, InterruptedException {
        Optional<BuildDeployment> newest =
                context.repeats().read(() -> new ExistingRecords(context).newestOfAllBuilds());
        if (newest.isPresent() && context.platformCalls().get(() -> isCandidate(newest.get(), last))) {
            long id = newest.get().id();
            Optional<BuildDeployment> foundRecord = context.repeats()
                    .read(() -> RecordSearch.foreign(context, id - 1)
                            .findAmong(List.of(newest.get()), record -> record.id() == id));
            if (foundRecord.isPresent()) {
                return Optional.of(take(last, foundRecord.get(), Origin.ADOPTED));
            }
        }
        Serializable name = name(last);
        context.say()
                .accept(newest.map(
                                record -> Text.forKey("earlier.otherBuildFound", name, record.id(), record.buildId()))
                        .orElseGet(() -> Text.forKey("earlier.otherBuild", name)));
        return Optional.empty();
    }

    private boolean isCandidate(BuildDeployment newest, UnknownAttempt last) {
        return context.plan().request().matches(newest)
                && newest.id() > last.baseline()
                && context.shared().attempts().isAdoptable(last);
    }

    private SendDecision.Take take(UnknownAttempt attempt, BuildDeployment record, Origin origin)
            throws MetaKraftwerkException, InterruptedException {
        return context.platformCalls().get(() -> {
            Serializable name = nameOf(attempt);
            // Told first, since settling removes the place of its build.
            tell(attempt.sender(), record);
            context.shared().attempts().settle(attempt.sender());
            Text why = Text.forKey("earlier.found", record.id(), context.plan().serverLabel(), name);
            return new SendDecision.Take(record, origin, why);
        });
    }

    /** Tells the listener. An error of the listener must not end the run. */
    private void tell(String owner, BuildDeployment record) {
        try {
            listener.found(owner, context.result(Origin.ADOPTED, record));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not tell what became of " + owner);
        }
    }
}
