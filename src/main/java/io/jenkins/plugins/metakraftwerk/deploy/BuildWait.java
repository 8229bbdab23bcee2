package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Backoff;
import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import java.time.Duration;

/** Waits until a build is finished. Logs each change of its progress, and a line every five minutes without one. */
final class BuildWait {

    /** Action for a build that was seen unfinished. It is done once, before anything else. */
    interface Unfinished {
        void seen() throws MetaKraftwerkException, InterruptedException;
    }

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /**
     * Shortest time for which a read is tried again, also where the plan has no retries. A short break of the server
     * must not end a wait of hours.
     */
    private static final Duration LEAST_PATIENCE = Duration.ofMinutes(2);

    private final RunContext context;
    private final long buildId;
    private final Deadline deadline;
    private final Unfinished unfinished;
    private boolean seenUnfinished;
    private String shownProgress;
    private Deadline silence;

    BuildWait(RunContext context, Deadline deadline, Unfinished unfinished) {
        this.context = context;
        this.deadline = deadline;
        this.unfinished = unfinished;
        buildId = context.plan().request().buildId();
    }

    /** @throws MetaKraftwerkException if the time is up, or the build is failed, cancelled, deleted or not known */
    void await() throws MetaKraftwerkException, InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (Build build = read(); !build.finished(); build = read()) {
            continueWaiting(build);
            Duration left = deadline.left();
            VirtualThreadWaits.pause(context.timing(), pause.compareTo(left) < 0 ? pause : left);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        }
        if (seenUnfinished) {
            context.say().accept(Text.forKey("wait.finished", buildId));
        }
    }

    private Build read() throws MetaKraftwerkException, InterruptedException {
        Duration limit = context.plan().retryLimit();
        Duration patience = limit.compareTo(LEAST_PATIENCE) > 0 ? limit : LEAST_PATIENCE;
        Duration left = deadline.left();
        Backoff backoff = new Backoff(context.timing(), patience.compareTo(left) < 0 ? patience : left);
        Build build = new ReadRetries(context.timing(), () -> backoff, context.say())
                .read(() -> context.connection().read(client -> client.build(buildId)));
        context.build().see(build);
        if (BuildCheck.refusal(build) != null) {
            throw BuildCheck.refusal(build);
        }
        return build;
    }

    private void continueWaiting(Build build) throws MetaKraftwerkException, InterruptedException {
        String progress = progress(build);
        if (deadline.isOver()) {
            throw BuildCheck.refused(Text.forKey("wait.tooLong", buildId, progress));
        }
        if (!seenUnfinished) {
            seenUnfinished = true;
            context.say().accept(Text.forKey("wait.begin", buildId, deadline.minutes()));
            unfinished.seen();
        }
        if (!progress.equals(shownProgress)) {
            shownProgress = progress;
            say(Text.forKey("wait.progress", buildId, progress));
        } else if (silence.isOver()) {
            say(Text.forKey("wait.still", buildId, progress, deadline.minutes()));
        }
    }

    private void say(Text line) throws InterruptedException {
        silence = Deadline.in(context.timing(), Deadline.SILENCE);
        context.say().accept(line);
    }

    static String progress(Build build) {
        String status = RemoteText.name(build.status());
        return build.progress() == null ? status : status + " " + Math.round(build.progress()) + " %";
    }
}
