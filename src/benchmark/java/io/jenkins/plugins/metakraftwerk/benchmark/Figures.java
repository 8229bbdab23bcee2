package io.jenkins.plugins.metakraftwerk.benchmark;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** What was measured, printed as a table that can be pasted into a page. */
public final class Figures {

    private final String title;
    private final List<String> lines = new ArrayList<>();

    public Figures(String title) {
        this.title = title;
    }

    public Figures add(String what, String format, Object... values) {
        lines.add("| " + what + " | " + String.format(Locale.ROOT, format, values) + " |");
        return this;
    }

    public void print() {
        System.out.println("\n### " + title + "\n\n| what | figure |\n| --- | --- |");
        lines.forEach(System.out::println);
        System.out.println();
    }

    /** Runs something some times and answers the median of its seconds. */
    public static double medianSeconds(int times, Callable<?> work) throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            work.call();
            seconds.add((System.nanoTime() - began) / 1e9);
        }
        return median(seconds);
    }

    /** Bytes in use after the garbage is collected. */
    public static long usedHeap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            // References that the collector has cleared are dealt with by other threads.
            Thread.sleep(200);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
