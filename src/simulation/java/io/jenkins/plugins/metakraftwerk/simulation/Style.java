package io.jenkins.plugins.metakraftwerk.simulation;

/**
 * How a server is where its documentation leaves it open.
 *
 * @param page the most entries of a page; 0 for lists that come whole
 * @param order how lists are ordered
 * @param limits what it makes of {@code $limit} and {@code $sort}
 * @param lag how old what it shows may be, in nanoseconds
 * @param strict whether it refuses builds that are not finished
 * @param defaultAgent who carries out what names nobody; null for nobody that a record names
 * @param filters whether filters work
 * @param whole whether lists are complete
 */
record Style(
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

    static Style plain() {
        return new Style(0, Order.RISING, Limits.HONOURED, 0, true, null, true, true);
    }

    static Style drawn(Chance chance, long lag) {
        return new Style(
                chance.happens(0.4) ? 0 : 1 + chance.below(chance.of(2, 6)),
                chance.of(Order.values()),
                chance.of(Limits.values()),
                lag,
                chance.happens(0.5),
                chance.happens(0.5) ? 31L : null,
                true,
                true);
    }

    Style withoutFilters() {
        return new Style(page, order, limits, lag, strict, defaultAgent, false, whole);
    }

    Style withGaps() {
        return new Style(page, order, limits, lag, strict, defaultAgent, filters, false);
    }
}
