package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.Retries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Waits, without a thread, until a build is finished; says so when its progress changes, and at times when it does not. */
final class BuildWait {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** A server that is away for a moment ends no wait of hours, also where nothing else is tried again. */
    private static final Duration LEAST_PATIENCE = Duration.ofMinutes(2);

    private final RunParts parts;
    private final long buildId;
    private final Deadline deadline;
    private final Supplier<CompletableFuture<?>> unfinished;
    private final Chain<Void> result;
    private boolean seenUnfinished;
    private String shown;
    private Deadline silence;

    /** @param unfinished hears once, before anything else happens, that the build was seen before it was finished */
    BuildWait(RunParts parts, Deadline deadline, Supplier<CompletableFuture<?>> unfinished) {
        this.parts = parts;
        this.deadline = deadline;
        this.unfinished = unfinished;
        buildId = parts.plan().request().buildId();
        result = new Chain<>(parts.serial());
    }

    /** Fails if the build fails, is cancelled, deleted or not known, and when the time is up. */
    CompletableFuture<Void> start() {
        look(FIRST_PAUSE);
        return result;
    }

    private void look(Duration pause) {
        Duration limit = parts.plan().retryLimit();
        Duration patience = limit.compareTo(LEAST_PATIENCE) > 0 ? limit : LEAST_PATIENCE;
        Duration left = deadline.left();
        Retries retries = new Retries(
                parts.timing(), parts.serial(), patience.compareTo(left) < 0 ? patience : left, parts.log());
        result.then(
                retries.read(() -> parts.connection().read(client -> client.build(buildId))),
                build -> seen(build, pause));
    }

    private void seen(Build build, Duration pause) {
        parts.build().see(build);
        if (BuildCheck.refusal(build) != null) {
            result.completeExceptionally(BuildCheck.refusal(build));
        } else if (build.finished()) {
            if (seenUnfinished) {
                parts.log().accept(Text.of("wait.finished", buildId));
            }
            result.complete(null);
        } else if (deadline.isOver()) {
            result.completeExceptionally(BuildCheck.refused(Text.of("wait.tooLong", buildId, progress(build))));
        } else if (seenUnfinished) {
            pause(build, pause);
        } else {
            seenUnfinished = true;
            parts.log().accept(Text.of("wait.begin", buildId, deadline.minutes()));
            result.then(unfinished.get(), stored -> pause(build, pause));
        }
    }

    private void pause(Build build, Duration pause) {
        show(progress(build));
        Duration left = deadline.left();
        Duration longer = pause.multipliedBy(2);
        result.then(
                parts.timing().after(pause.compareTo(left) < 0 ? pause : left),
                over -> look(longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer));
    }

    private void show(String progress) {
        if (!progress.equals(shown)) {
            shown = progress;
            say(Text.of("wait.progress", buildId, progress));
        } else if (silence.isOver()) {
            say(Text.of("wait.still", buildId, progress, deadline.minutes()));
        }
    }

    private void say(Text line) {
        silence = Deadline.in(parts.timing(), Deadline.SILENCE);
        parts.log().accept(line);
    }

    static String progress(Build build) {
        String status = RemoteText.name(build.status());
        return build.progress() == null ? status : status + " " + Math.round(build.progress()) + " %";
    }
}
