package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Waits, without a thread, until a build is finished; prints the progress when it changes. */
final class BuildWait {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final MetaKraftwerkClient client;
    private final long buildId;
    private final Instant until;
    private final Timing timing;
    private final Retries retries;
    private final Consumer<Text> log;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private String shown;

    BuildWait(
            MetaKraftwerkClient client,
            long buildId,
            Instant until,
            Timing timing,
            Retries retries,
            Consumer<Text> log) {
        this.client = client;
        this.buildId = buildId;
        this.until = until;
        this.timing = timing;
        this.retries = retries;
        this.log = log;
    }

    /** Fails if the build fails, is cancelled or is not known, and when the time is up. */
    CompletableFuture<Void> start() {
        look(FIRST_PAUSE);
        return result;
    }

    private void look(Duration pause) {
        if (result.isDone()) {
            return;
        }
        var read = retries.read(() -> client.build(buildId));
        result.whenComplete((nothing, failure) -> read.cancel(true));
        read.whenComplete((build, failure) -> {
            if (failure != null) {
                result.completeExceptionally(Futures.cause(failure));
            } else {
                seen(build, pause);
            }
        });
    }

    private void seen(Build build, Duration pause) {
        if (build.finished()) {
            result.complete(null);
        } else if (build.failed()) {
            fail(ended(build));
        } else if (!timing.now().isBefore(until)) {
            fail(Text.of("wait.tooLong", buildId, progress(build)));
        } else {
            show(progress(build));
            CompletableFuture<Void> wait = timing.after(pause);
            result.whenComplete((nothing, failure) -> wait.cancel(true));
            Duration longer = pause.multipliedBy(2);
            wait.thenRun(() -> look(longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer));
        }
    }

    private Text ended(Build build) {
        String status = RemoteText.name(build.status());
        String message = RemoteText.message(build.message());
        return message.isEmpty()
                ? Text.of("wait.ended", buildId, status)
                : Text.of("wait.failed", buildId, status, message);
    }

    private void show(String progress) {
        if (!progress.equals(shown)) {
            shown = progress;
            log.accept(Text.of("wait.progress", buildId, progress));
        }
    }

    private static String progress(Build build) {
        String status = RemoteText.name(build.status());
        return build.progress() == null ? status : status + " " + Math.round(build.progress()) + " %";
    }

    private void fail(Text text) {
        result.completeExceptionally(MetaKraftwerkException.refusedLocally(text));
    }
}
