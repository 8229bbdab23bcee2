package io.jenkins.plugins.metakraftwerk.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, printed as a table that can be pasted into a page. */
final class Figures {

    private final String title;
    private final List<String> lines = new ArrayList<>();

    Figures(String title) {
        this.title = title;
    }

    Figures add(String what, String format, Object... values) {
        lines.add("| " + what + " | " + String.format(Locale.ROOT, format, values) + " |");
        return this;
    }

    void print() {
        System.out.println("\n### " + title + "\n\n| what | figure |\n| --- | --- |");
        lines.forEach(System.out::println);
        System.out.println();
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
