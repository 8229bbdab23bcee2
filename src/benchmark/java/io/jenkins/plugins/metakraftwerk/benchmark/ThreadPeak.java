package io.jenkins.plugins.metakraftwerk.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;

/** Counts live threads while something runs, against those that lived when this was made. */
final class ThreadPeak implements AutoCloseable {

    private static final long PERIOD_MILLIS = 20;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Thread sampler = new Thread(this::sample, "benchmark sampler");
    private final Map<String, Integer> kindsBefore;
    private final int before;
    private volatile int peak;
    private volatile Map<String, Integer> kindsAtPeak = Map.of();

    ThreadPeak() {
        sampler.setDaemon(true);
        sampler.start();
        before = threads.getThreadCount();
        kindsBefore = kinds();
        peak = before;
    }

    private void sample() {
        while (!Thread.currentThread().isInterrupted()) {
            int now = threads.getThreadCount();
            if (now > peak) {
                peak = now;
                kindsAtPeak = kinds();
            }
            try {
                Thread.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** By name without numbers and without what a thread is at just now. */
    private static Map<String, Integer> kinds() {
        Map<String, Integer> kinds = new TreeMap<>();
        Thread.getAllStackTraces()
                .keySet()
                .forEach(thread -> kinds.merge(
                        thread.getName().replaceAll("[:\\[/].*", "").replaceAll("\\d+", "N"), 1, Integer::sum));
        return kinds;
    }

    /** Forgets the peak, not what was before. */
    void restart() {
        peak = before;
        kindsAtPeak = kindsBefore;
    }

    int extra() {
        return peak - before;
    }

    /** Which threads there were more of. */
    String kindsOfExtra() {
        StringBuilder text = new StringBuilder();
        kindsAtPeak.forEach((name, count) -> {
            int more = count - kindsBefore.getOrDefault(name, 0);
            if (more > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(more)
                        .append(" × ")
                        .append(name);
            }
        });
        return text.toString();
    }

    @Override
    public void close() {
        sampler.interrupt();
    }
}
