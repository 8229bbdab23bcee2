package io.jenkins.plugins.metakraftwerk.simulation;

/**
 * Behaviour of a server where its documentation leaves it open.
 *
 * @param page most entries of a page; 0 for lists without pages
 * @param order order of lists
 * @param limits effect of {@code $limit} and {@code $sort}
 * @param lag age of the data that it shows, in nanoseconds
 * @param strict true if it refuses builds that are not finished
 * @param defaultAgent agent of requests that name none; null if the record then names none
 * @param filters true if filters work
 * @param whole true if lists are complete
 */
record ServerStyle(
        int page,
        Order order,
        Limits limits,
        long lag,
        boolean strict,
        Long defaultAgent,
        boolean filters,
        boolean whole) {

    enum Order {
        RISING,
        FALLING,
        MIXED
    }

    enum Limits {
        HONOURED,
        IGNORED,
        REFUSED
    }

    static ServerStyle plain() {
        return new ServerStyle(0, Order.RISING, Limits.HONOURED, 0, true, null, true, true);
    }

    static ServerStyle drawn(Chance chance, long lag) {
        return new ServerStyle(
                chance.happens(0.4) ? 0 : 1 + chance.below(chance.oneOf(2, 6)),
                chance.oneOf(Order.values()),
                chance.oneOf(Limits.values()),
                lag,
                chance.happens(0.5),
                chance.happens(0.5) ? 31L : null,
                true,
                true);
    }

    ServerStyle withoutFilters() {
        return new ServerStyle(page, order, limits, lag, strict, defaultAgent, false, whole);
    }

    ServerStyle withGaps() {
        return new ServerStyle(page, order, limits, lag, strict, defaultAgent, filters, false);
    }
}
