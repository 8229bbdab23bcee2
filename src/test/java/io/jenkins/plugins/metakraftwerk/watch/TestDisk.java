package io.jenkins.plugins.metakraftwerk.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The disk and the queue of a job, in the hands of a test; a fault that is given hits once. */
class TestDisk implements FinishedBuildTracker.Storage, FinishedBuildTracker.Starter {

    static final String URL = "https://a";

    /** Where a fault can hit. */
    enum At {
        FIND,
        ASK,
        ANSWER,
        WRITE,
        QUEUE,
        WORDS,
        BEGUN
    }

    boolean trigger = true;
    boolean full;
    String text;
    final List<Long> queue = new ArrayList<>();
    final List<Long> started = new ArrayList<>();

    final List<String> said = new ArrayList<>();
    private At at;
    private Throwable fault;

    static FinishedBuild key(long id) {
        return new FinishedBuild(URL, id, Integer.toString(("created " + id).hashCode(), 36), null, 0);
    }

    /** What was said since this was asked last. */
    final List<String> news() {
        List<String> news = List.copyOf(said);
        said.clear();
        return news;
    }

    final void failOnce(At where, Throwable with) {
        at = where;
        fault = with;
    }

    final void hit(At where) {
        if (at == where) {
            at = null;
            throwAny(fault);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable fault) throws T {
        throw (T) fault;
    }

    @Override
    public Optional<String> read() {
        return Optional.ofNullable(text);
    }

    @Override
    public void write(String other) throws IOException {
        hit(At.WRITE);
        if (full) {
            throw new IOException("full");
        }
        text = other;
    }

    @Override
    public void keepAside() {
        throw new AssertionError(text);
    }

    @Override
    public long nextNumber() {
        return 1 + started.size();
    }

    @Override
    public boolean isQueued(FinishedBuild build) {
        return queue.contains(build.id());
    }

    @Override
    public boolean hasStarted(FinishedBuild build) {
        return started.contains(build.id());
    }

    @Override
    public boolean queue(FinishedBuild build) {
        hit(At.QUEUE);
        return trigger && queue.add(build.id());
    }
}
