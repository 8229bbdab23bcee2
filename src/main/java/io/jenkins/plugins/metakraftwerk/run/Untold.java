package io.jenkins.plugins.metakraftwerk.run;

import io.jenkins.plugins.metakraftwerk.client.Bounded;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.deploy.LinesFile;
import io.jenkins.plugins.metakraftwerk.server.Disks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What has not been told to all listeners yet, also in a file, so that neither a crash nor a slow listener keeps it from
 * anybody. A file that cannot be read or written is told to the log, tried again, and stops nobody.
 */
final class Untold {

    private static final Logger LOGGER = Logger.getLogger(Untold.class.getName());

    /** More only waits where somebody hangs for good. */
    private static final int MOST = 10_000;

    private static final int FEW = 100;

    /**
     * A line of the file: an event and who waits for it, or that one of them has been told, or that a job is called otherwise.
     *
     * @param told the key of an event
     * @param job what it was called before; {@code now} is null where it was deleted
     */
    record Line(DeploymentEvent event, Set<String> waiting, String told, String by, String job, String now) {

        Line {
            job = Bounded.of(job);
            now = Bounded.of(now);
        }

        private static Line of(Left left) {
            return new Line(left.event, left.listeners, null, null, null, null);
        }

        private boolean isWhole() {
            return told != null || job != null || event != null && waiting != null;
        }
    }

    /** An event and the names of those who have not been told of it. */
    private record Left(DeploymentEvent event, Set<String> listeners) {}

    private final Path folder;
    private final int most;
    private final LinesFile file = new LinesFile(Disks.disk(), "io.jenkins.plugins.metakraftwerk.untold");

    /** By the keys of the events, the oldest first. Guarded by this, which nobody holds who waits for the disk. */
    private final Map<String, Left> waiting = new LinkedHashMap<>();

    private volatile boolean read;

    /** @param folder that of Jenkins */
    Untold(Path folder) {
        this(folder, MOST);
    }

    Untold(Path folder, int most) {
        this.folder = folder;
        this.most = most;
    }

    /**
     * Recalls what the last life of this Jenkins left. Called first, and again as long as it could not be read. May block.
     *
     * @return whether that has just been done
     */
    boolean recall() {
        if (read) {
            return false;
        }
        List<String> lines;
        try {
            lines = file.read(
                    folder,
                    text -> JsonLine.read(text, Line.class)
                            .filter(Line::isWhole)
                            .isPresent());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Nobody is told of what is left: it cannot be read");
            return false;
        }
        return take(lines);
    }

    private synchronized boolean take(List<String> lines) {
        if (read) {
            return false;
        }
        Map<String, Left> since = new LinkedHashMap<>(waiting);
        waiting.clear();
        lines.forEach(text -> JsonLine.read(text, Line.class).ifPresent(this::take));
        waiting.keySet().removeAll(since.keySet());
        waiting.putAll(since);
        read = true;
        return true;
    }

    private void take(Line line) {
        if (line.told != null) {
            settle(line.told, line.by);
        } else if (line.job != null) {
            follow(line.job, line.now);
        } else {
            put(line.event, line.waiting);
        }
    }

    private void settle(String key, String listener) {
        Left left = waiting.get(key);
        if (left != null && left.listeners.remove(listener) && left.listeners.isEmpty()) {
            waiting.remove(key);
        }
    }

    /** Completes when it would survive a loss of power, or cannot be written now. May block. */
    void add(DeploymentEvent event, Set<String> listeners) {
        synchronized (this) {
            put(event, listeners);
        }
        write(new Line(event, listeners, null, null, null, null));
    }

    private void put(DeploymentEvent event, Set<String> listeners) {
        waiting.put(event.key(), new Left(event, new TreeSet<>(listeners)));
        if (waiting.size() > most) {
            Iterator<String> oldest = waiting.keySet().iterator();
            String lost = oldest.next();
            oldest.remove();
            LOGGER.warning(() -> "Somebody hangs who listens to deployments, and will not be told of " + lost);
        }
    }

    /** Whether there is something of which somebody has not been told. */
    synchronized boolean isLeft(String listener) {
        return waiting.values().stream().anyMatch(left -> left.listeners.contains(listener));
    }

    synchronized boolean isLeft(DeploymentEvent event, String listener) {
        Left left = waiting.get(event.key());
        return left != null && left.listeners.contains(listener);
    }

    /** The oldest events of which somebody has not been told, so many at most. */
    synchronized List<DeploymentEvent> next(String listener, int most) {
        return waiting.values().stream()
                .filter(left -> left.listeners.contains(listener))
                .limit(most)
                .map(Left::event)
                .toList();
    }

    /** Also of one that nobody can be told of any more. May block. */
    void told(DeploymentEvent event, String listener) {
        synchronized (this) {
            settle(event.key(), listener);
        }
        write(new Line(null, null, event.key(), listener, null, null));
    }

    /** A job has another name; null where it was deleted. May block. */
    void moved(String job, String now) {
        boolean any;
        synchronized (this) {
            any = follow(job, now);
        }
        if (any || !read) {
            write(new Line(null, null, null, null, job, now));
        }
    }

    private boolean follow(String job, String now) {
        boolean any = false;
        String before = Bounded.of(job);
        for (Map.Entry<String, Left> each : waiting.entrySet()) {
            Left left = each.getValue();
            if (before.equals(left.event.job())) {
                each.setValue(new Left(left.event.of(now), left.listeners));
                any = true;
            }
        }
        return any;
    }

    private void write(Line line) {
        file.append(folder, JsonLine.write(line));
        if (read && (file.length() > 2L * Math.max(FEW, size()) || file.isLarge())) {
            try {
                file.replace(folder, this::lines);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.FINE, e, () -> "Could not shorten what is left to tell");
            }
        }
    }

    private synchronized int size() {
        return waiting.size();
    }

    private synchronized List<String> lines() {
        return waiting.values().stream()
                .map(left -> JsonLine.write(Line.of(left)))
                .toList();
    }
}
