package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collector;

/**
 * Reads a list to its end, page after page, and keeps of it only what a collector keeps. Each page begins with the entry
 * that has ended the one before: where that has moved, records came or went meanwhile, and all is read anew. So none is
 * left out that was there all the time.
 */
final class Listing<T extends Identified, A, R> {

    /** How often a list is read before its caller has to try again later. */
    static final int ROUNDS = 4;

    /** How a page is asked for. */
    interface Pages {
        /** @param wanted asked before each time that the request goes out */
        CompletableFuture<Long> get(int skip, Body.Reading<Long> reading, BooleanSupplier wanted);
    }

    /**
     * What is asked for.
     *
     * @param request as it is shown
     * @param limit for the whole list
     */
    record Question<T>(
            ServerUrl server, String request, Class<T> type, Pages pages, ListLimits limits, Duration limit) {}

    private final Question<T> question;
    private final Timing timing;
    private final Collector<? super T, A, R> collector;
    private final Chain<R> result = new Chain<>();
    private CompletableFuture<Void> limit;
    private int rounds;

    Listing(Question<T> question, Timing timing, Collector<? super T, A, R> collector) {
        this.question = question;
        this.timing = timing;
        this.collector = collector;
    }

    /** Cancelling the result ends the reading. */
    CompletableFuture<R> start() {
        readAnew();
        return result;
    }

    private void readAnew() {
        if (rounds++ < ROUNDS) {
            read(new Round(true));
        } else {
            result.completeExceptionally(
                    Failures.passing(question.server(), question.request(), "answer.pagesDiffer", ROUNDS));
        }
    }

    private void read(Round round) {
        result.then(page(round), total -> {
            if (!round.fits(total)) {
                readAnew();
            } else if (!round.isOver(total)) {
                readOn(round, total);
            } else if (round.pages == 1) {
                end(round);
            } else {
                lookAgain(round, new Round(false));
            }
        });
    }

    private void readOn(Round round, long total) {
        MetaKraftwerkException failure = round.whyNot(total);
        if (failure == null) {
            read(round);
        } else {
            result.completeExceptionally(failure);
        }
    }

    /** A record that came while another went, before the end of the same page, has moved neither that nor the total. */
    private void lookAgain(Round round, Round look) {
        result.then(page(look), now -> {
            boolean first = look.pages == 1;
            if (!round.total.equals(now) || look.came() == 0 || (first && look.mark != round.firstMark)) {
                readAnew();
            } else if (round.overlaps() || (look.isOver(now) && look.mark == round.mark)) {
                end(round);
            } else if (look.isOver(now)) {
                readAnew();
            } else {
                // Pages of one entry have nothing in common, so all of them are looked at again.
                lookAgain(round, look);
            }
        });
    }

    private void end(Round round) {
        result.complete(collector.finisher().apply(round.kept));
    }

    private CompletableFuture<Long> page(Round round) {
        round.begin();
        return question.pages()
                .get(round.skip(), answer -> new ListBody<>(answer, question.type(), round), this::isWanted);
    }

    /** The time counts from the first request on, not from the log-in before it. */
    private boolean isWanted() {
        if (limit == null) {
            limit = timing.after(question.limit());
            result.whenComplete((list, failure) -> limit.cancel(false));
            limit.thenRun(() -> result.completeExceptionally(
                    Failures.timeout(question.server(), question.request(), question.limit())));
        }
        return !result.isDone();
    }

    /** The list from its first page to its last. */
    private final class Round implements ListBody.Sink<T> {

        private final boolean keeps;
        private final A kept = collector.supplier().get();
        private final Set<Long> all = new HashSet<>();

        /** The entries of this page, from the second page on; the first is all there is. */
        private Set<Long> onPage;

        private long bytes;
        private int entries;
        private int before;
        private int pages;
        private Long total;
        private boolean moved;

        /** Whether this page has begun. */
        private boolean begun;

        /** The id of the last entry. */
        private long last;

        /** Stands for the ids and their order. */
        private long mark;

        /** The same for the first page, and how many that has. */
        private long firstMark;

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

        /** Whether a page begins with the entry that has ended the one before. */
        private boolean overlaps() {
            return first > 1;
        }

        private int skip() {
            return overlaps() ? entries - 1 : entries;
        }

        private int came() {
            return entries - before;
        }

        @Override
        public void bytes(int count) throws MetaKraftwerkException {
            bytes += count;
            if (bytes > question.limits().bytes()) {
                throw question.limits().tooLarge(question.server(), question.request());
            }
        }

        @Override
        public void entry(T entry) throws MetaKraftwerkException {
            long id = entry.id();
            boolean again = pages > 1 && overlaps() && !begun;
            begun = true;
            if (again) {
                moved |= id != last;
                onPage.add(id);
                return;
            }
            if (++entries > question.limits().entries()) {
                throw question.limits().tooMany(question.server(), question.request());
            }
            last = id;
            mark = mix(mark ^ id);
            if (pages == 1) {
                firstMark = mark;
                first = entries;
            }
            if (!keeps || (onPage != null && !onPage.add(id))) {
                return;
            }
            if (all.add(id)) {
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

        /** Whether this page goes together with those before it. */
        private boolean fits(Long now) {
            if (pages == 1) {
                total = now;
                return true;
            }
            return total.equals(now) && !moved;
        }

        private boolean isOver(Long now) {
            return now == null || entries >= now;
        }

        /** Why it is not read on, or null. */
        private MetaKraftwerkException whyNot(long now) {
            ListLimits limits = question.limits();
            if (now > limits.entries()) {
                return limits.tooMany(question.server(), question.request());
            }
            if (came() == 0) {
                return Failures.unusable(question.server(), question.request(), "answer.missingPage");
            }
            boolean tooMany = pages + (now - entries) / came() > ListLimits.MOST_PAGES;
            return tooMany ? limits.tooManyPages(question.server(), question.request()) : null;
        }
    }
}
