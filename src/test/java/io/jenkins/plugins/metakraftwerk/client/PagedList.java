package io.jenkins.plugins.metakraftwerk.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A list that a server answers in pages, in the order in which it is, and that may change between two of them. */
final class PagedList implements Function<URI, Iterator<String>> {

    private static final Pattern SKIP = Pattern.compile(".*\\$skip=(\\d+).*|.*%24skip=(\\d+).*");

    final List<Long> ids;
    private final int pageSize;
    private final IntConsumer beforePage;
    private int pages;

    /** @param beforePage gets the number of the page that is asked for, over all times that the list is read */
    PagedList(int pageSize, IntConsumer beforePage, long... ids) {
        this.ids = LongStream.of(ids).boxed().collect(Collectors.toCollection(ArrayList::new));
        this.pageSize = pageSize;
        this.beforePage = beforePage;
    }

    @Override
    public synchronized Iterator<String> apply(URI uri) {
        beforePage.accept(++pages);
        Matcher asked = SKIP.matcher(String.valueOf(uri.getRawQuery()));
        String skip = !asked.matches() ? "0" : asked.group(1) == null ? asked.group(2) : asked.group(1);
        int from = Math.min(Integer.parseInt(skip), ids.size());
        String data = ids.subList(from, Math.min(from + pageSize, ids.size())).stream()
                .map(id -> "{\"id\":" + id + ",\"build_id\":7}")
                .collect(Collectors.joining(","));
        return List.of("{\"total\":" + ids.size() + ",\"limit\":" + pageSize + ",\"skip\":" + from + ",\"data\":["
                        + data + "]}")
                .iterator();
    }
}
