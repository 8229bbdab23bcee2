package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.Journal;
import java.util.ArrayList;
import java.util.List;

/** A file of lines that outlives its controller; what was not written when that was killed is not there. */
final class MemoryStorage implements Journal.Storage {

    private final List<String> lines = new ArrayList<>();

    @Override
    public List<String> read() {
        return List.copyOf(lines);
    }

    @Override
    public void append(String line) {
        lines.add(line);
    }

    @Override
    public void replace(List<String> all) {
        lines.clear();
        lines.addAll(all);
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
