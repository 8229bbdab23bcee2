package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.Locale;
import java.util.function.Supplier;

/** Events of a schedule, one per line. Costs nothing if nobody reads it. */
final class Trace {

    private final StringBuilder lines;
    private Scheduler scheduler;

    private Trace(StringBuilder lines) {
        this.lines = lines;
    }

    static Trace none() {
        return new Trace(null);
    }

    static Trace kept() {
        return new Trace(new StringBuilder());
    }

    void clock(Scheduler clock) {
        scheduler = clock;
    }

    void line(Supplier<String> line) {
        if (lines != null) {
            long millis = scheduler.now() / Scheduler.MILLI;
            lines.append(String.format(Locale.ROOT, "%6d.%03d  ", millis / 1000, millis % 1000))
                    .append(line.get())
                    .append('\n');
        }
    }

    @Override
    public String toString() {
        return lines == null ? "" : lines.toString();
    }
}
