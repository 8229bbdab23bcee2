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
