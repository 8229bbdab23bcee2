package io.jenkins.plugins.metakraftwerk.run;

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
 * What has not been told to all listeners yet, in a file, so that a crash keeps it from nobody. A file that cannot be read or
 * written is told to the log, tried again, and stops nobody.
 */
final class Untold {

    private static final Logger LOGGER = Logger.getLogger(Untold.class.getName());

    /** More only waits where somebody hangs. */
    static final int MOST = 1_000;

    private static final int FEW = 100;

    /**
     * A line of the file: an event and who waits for it, or that one of them has been told.
     *
     * @param told the key of an event
     */
    record Line(DeploymentEvent event, Set<String> waiting, String told, String by) {}

    /** An event and the names of those who have not been told of it. */
    record Waiting(DeploymentEvent event, Set<String> listeners) {}

    private final Path folder;
    private final LinesFile file = new LinesFile(Disks.disk(), "io.jenkins.plugins.metakraftwerk.untold");

    /** Guarded by this, which nobody holds who waits for the disk. */
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    private volatile boolean read;

    /** @param folder that of Jenkins */
    Untold(Path folder) {
        this.folder = folder;
    }

    /** Whether that is still to come, since it could not be read. */
    boolean isUnread() {
        return !read;
    }

    /**
     * What the last life of this Jenkins left. Called first, and again as long as it could not be read; it is answered
     * once. May block.
     */
    List<Waiting> read() {
        List<String> lines;
        try {
            lines = file.read(folder, Untold::isLine);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Nobody is told of what is left: it cannot be read");
            return List.of();
        }
        return take(lines);
    }

    private synchronized List<Waiting> take(List<String> lines) {
        if (read) {
            return List.of();
        }
        Map<String, Waiting> since = new LinkedHashMap<>(waiting);
        waiting.clear();
        lines.forEach(text -> JsonLine.read(text, Line.class).ifPresent(this::take));
        List<Waiting> left = waiting.values().stream()
                .filter(each -> !since.containsKey(each.event.key()))
                .map(each -> new Waiting(each.event, Set.copyOf(each.listeners)))
                .toList();
        waiting.putAll(since);
        read = true;
        return left;
    }

    private static boolean isLine(String text) {
        return JsonLine.read(text, Line.class)
                .filter(line -> line.told != null || line.event != null && line.waiting != null)
                .isPresent();
    }

    private void take(Line line) {
        if (line.told != null) {
            settle(line.told, line.by);
        } else if (line.event != null && line.waiting != null) {
            put(line.event, line.waiting);
        }
    }

    private void settle(String key, String listener) {
        Waiting left = waiting.get(key);
        if (left != null && left.listeners.remove(listener) && left.listeners.isEmpty()) {
            waiting.remove(key);
        }
    }

    /** Completes when it would survive a loss of power, or cannot be written now. May block. */
    void add(DeploymentEvent event, Set<String> listeners) {
        synchronized (this) {
            put(event, listeners);
        }
        write(new Line(event, listeners, null, null));
    }

    private void put(DeploymentEvent event, Set<String> listeners) {
        waiting.put(event.key(), new Waiting(event, new TreeSet<>(listeners)));
        if (waiting.size() > MOST) {
            Iterator<String> oldest = waiting.keySet().iterator();
            String lost = oldest.next();
            oldest.remove();
            LOGGER.warning(() -> "Somebody hangs who listens to deployments, and will not be told of " + lost);
        }
    }

    /** May block. */
    void told(DeploymentEvent event, String listener) {
        synchronized (this) {
            settle(event.key(), listener);
        }
        write(new Line(null, null, event.key(), listener));
    }

    /** For one that nobody can be told of any more. */
    synchronized void forget(DeploymentEvent event) {
        waiting.remove(event.key());
    }

    private void write(Line line) {
        file.append(folder, JsonLine.write(line));
        if (read && file.length() > 2L * Math.max(FEW, size())) {
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
                .map(left -> JsonLine.write(new Line(left.event, left.listeners, null, null)))
                .toList();
    }
}
