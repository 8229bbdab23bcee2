package io.jenkins.plugins.metakraftwerk.simulation;

/** Untrue facts that a run must believe. A schedule has one kind, so that each effect has one cause. */
enum Lie {
    REFUSED_AFTER("4xx (or 3xx) after the work was done", SimFault.DENIED_AFTER),
    BUSY_AFTER("425 or 429 after the work was done", SimFault.BUSY_AFTER),
    UNAUTHORIZED_AFTER("401 after the work was done", SimFault.UNAUTHORIZED_AFTER),
    UNAVAILABLE_AFTER("503 in the API's own form after the work was done", SimFault.UNAVAILABLE_AFTER),
    MADE_UP("201 with a record that does not exist", SimFault.MADE_UP),
    FOREIGN("201 with a record of somebody else", SimFault.FOREIGN),
    COPIED("the request is copied on its way", SimFault.COPIED),
    OTHERS("somebody else deploys the same at that moment", null),
    NO_FILTERS("the filters of lists do not work", null),
    GAPS("lists leave records out", null),
    LAG("lists are minutes old", null);

    /** Text for readers of the documentation. */
    final String words;

    /** Fault of the requests. Null if the network does not lie. */
    final SimFault fault;

    Lie(String words, SimFault fault) {
        this.words = words;
        this.fault = fault;
    }
}
