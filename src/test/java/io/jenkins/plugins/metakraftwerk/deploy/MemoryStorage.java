package io.jenkins.plugins.metakraftwerk.deploy;

import java.util.ArrayList;
import java.util.List;

/** Lines that outlive a controller without a disk. */
final class MemoryStorage implements Journal.Storage {

    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized List<String> read() {
        return List.copyOf(lines);
    }

    @Override
    public synchronized void append(String line) {
        lines.add(line);
    }

    @Override
    public synchronized void replace(List<String> others) {
        lines.clear();
        lines.addAll(others);
    }
}
