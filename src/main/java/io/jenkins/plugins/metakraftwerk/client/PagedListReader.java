package io.jenkins.plugins.metakraftwerk.client;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collector;

/**
 * Reads a list page by page and hands its entries to a collector. Each page begins with the last entry of the page
 * before. If that entry has moved, records were added or removed, and the list is read anew. So no record is missed
 * that existed all the time.
 */
final class PagedListReader<T extends Identified, A, R> {

    /** Attempts to read a list before its caller has to try again later. */
    static final int ROUNDS = 4;

    /** Requests one page. */
    interface PageFetcher {
        Long get(int skip, BodyParser.Factory<Long> parsers) throws MetaKraftwerkException, InterruptedException;
    }

    /**
     * The list to read.
     *
     * @param request as it is shown
     * @param limit for the whole list; the time counts from the first request, not from the log-in before it
     */
    record Spec<T>(
            ServerUrl server, String request, Class<T> type, PageFetcher pages, ListLimits limits, TimeLimit limit) {}

    private final Spec<T> spec;
    private final Collector<? super T, A, R> collector;

    PagedListReader(Spec<T> spec, Collector<? super T, A, R> collector) {
        this.spec = spec;
        this.collector = collector;
    }

    R read() throws MetaKraftwerkException, InterruptedException {
        for (int i = 0; i < ROUNDS; i++) {
            Round round = new Round(true);
            if (isWhole(round) && (round.pages == 1 || isUnchanged(round))) {
                return collector.finisher().apply(round.kept);
            }
        }
        throw ExceptionMapper.passing(spec.server(), spec.request(), "answer.pagesDiffer", ROUNDS);
    }

    /** Reads all pages. Returns true if they fit together. */
    private boolean isWhole(Round round) throws MetaKraftwerkException, InterruptedException {
        Long total = page(round);
        while (round.fits(total)) {
            if (round.isOver(total)) {
                return true;
            }
            MetaKraftwerkException failure = round.reasonToStop(total);
            if (failure != null) {
                throw failure;
            }
            total = page(round);
        }
        return false;
    }

    /**
     * Reads the beginning again. If one record was added and another removed on the same page, neither its last entry
     * nor the total has changed.
     */
    private boolean isUnchanged(Round round) throws MetaKraftwerkException, InterruptedException {
        Round check = new Round(false);
        while (true) {
            Long totalNow = page(check);
            boolean moved = check.pages == 1 && check.hash != round.firstHash;
            if (!round.total.equals(totalNow) || check.newEntries() == 0 || moved) {
                return false;
            }
            if (round.overlaps()) {
                return true;
            }
            // Pages of one entry do not overlap, so all of them are read again.
            if (check.isOver(totalNow)) {
                return check.hash == round.hash;
            }
        }
    }

    private Long page(Round round) throws MetaKraftwerkException, InterruptedException {
        if (spec.limit().isOver()) {
            throw ExceptionMapper.timeout(
                    spec.server(), spec.request(), spec.limit().span());
        }
        round.begin();
        return spec.pages().get(round.skip(), response -> new ListBodyParser<>(response, spec.type(), round));
    }

    /** One pass over the list, from its first page to its last. */
    private final class Round implements ListBodyParser.Sink<T> {

        private final boolean keeps;
        private final A kept = collector.supplier().get();
        private final Set<Long> ids = new HashSet<>();

        /** The ids of this page, from the second page on. The first page uses the ids of the list. */
        private Set<Long> onPage;

        private long bytes;
        private int entries;
        private int before;
        private int pages;
        private Long total;
        private boolean moved;

        /** True if this page has delivered an entry. */
        private boolean begun;

        /** The id of the last entry. */
        private long last;

        /** Hash of the ids in their order. */
        private long hash;

        /** Hash and number of the entries of the first page. */
        private long firstHash;

        private int first;

        private Round(boolean keeps) {
            this.keeps = keeps;
        }

        private void begin() {
            before = entries;
            begun = false;
            pages++;
            if (pages > 1) {
                onPage = new HashSet<>();
            }
        }

        /** True if each page begins with the last entry of the page before. */
        private boolean overlaps() {
            return first > 1;
        }

        private int skip() {
            return overlaps() ? entries - 1 : entries;
        }

        private int newEntries() {
            return entries - before;
        }

        @Override
        public void bytes(int count) throws MetaKraftwerkException {
            bytes += count;
            if (bytes > spec.limits().bytes()) {
                throw spec.limits().tooLarge(spec.server(), spec.request());
            }
        }

        @Override
        public void entry(T entry) throws MetaKraftwerkException {
            long id = entry.id();
            boolean isOverlap = pages > 1 && overlaps() && !begun;
            begun = true;
            if (isOverlap) {
                moved |= id != last;
                onPage.add(id);
                return;
            }
            if (++entries > spec.limits().entries()) {
                throw spec.limits().tooMany(spec.server(), spec.request());
            }
            last = id;
            hash = mix(hash ^ id);
            if (pages == 1) {
                firstHash = hash;
                first = entries;
            }
            if (!keeps || (onPage != null && !onPage.add(id))) {
                return;
            }
            if (ids.add(id)) {
                collector.accumulator().accept(kept, entry);
            } else {
                moved |= pages > 1;
            }
        }

        /** Spreads numbers: each bit of the result depends on all bits of the number (the finalizer of SplitMix64). */
        private static long mix(long number) {
            long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            return mixed ^ (mixed >>> 31);
        }

        /** True if this page fits to those before it. */
        private boolean fits(Long totalNow) {
            if (pages == 1) {
                total = totalNow;
                return true;
            }
            return total.equals(totalNow) && !moved;
        }

        private boolean isOver(Long totalNow) {
            return totalNow == null || entries >= totalNow;
        }

        /** Returns the reason to stop, or null. */
        private MetaKraftwerkException reasonToStop(long totalNow) {
            ListLimits limits = spec.limits();
            if (totalNow > limits.entries()) {
                return limits.tooMany(spec.server(), spec.request());
            }
            if (newEntries() == 0) {
                return ExceptionMapper.unusable(spec.server(), spec.request(), "answer.missingPage");
            }
            boolean tooMany = pages + (totalNow - entries) / newEntries() > ListLimits.MOST_PAGES;
            return tooMany ? limits.tooManyPages(spec.server(), spec.request()) : null;
        }
    }
}
