package io.jenkins.plugins.metakraftwerk.simulation;

/** What a run cannot know and has to believe, one kind in a schedule, so that what comes of it has one cause. */
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

    /** As a reader of the documentation would say it. */
    final String words;

    /** What happens to requests; null where it is not the way that lies. */
    final SimFault fault;

    Lie(String words, SimFault fault) {
        this.words = words;
        this.fault = fault;
    }
}
