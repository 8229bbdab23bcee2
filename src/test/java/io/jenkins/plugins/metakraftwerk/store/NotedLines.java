package io.jenkins.plugins.metakraftwerk.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The content of a journal: texts, of which none is understood that begins with a question mark. */
final class NotedLines implements JournalContent {

    /** What the file told when it was read last, and what waited then. */
    List<String> loaded = List.of();

    List<String> waited = List.of();

    /** What is worth keeping. */
    boolean isAside;

    List<String> kept = new ArrayList<>(List.of("kept"));

    @Override
    public boolean understands(String line) {
        return !line.startsWith("?");
    }

    /** What follows the question mark. */
    @Override
    public Optional<String> serverOf(String line) {
        return Optional.of(line.substring(1)).filter(server -> !server.isEmpty());
    }

    @Override
    public void load(List<String> lines, List<String> waiting) {
        loaded = lines;
        waited = waiting;
    }

    @Override
    public List<String> worthKeeping() {
        if (kept == null) {
            throw new IllegalStateException("broken");
        }
        return kept;
    }

    @Override
    public void putAside() {
        isAside = true;
    }
}
