package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.Arrays;
import java.util.List;

/** What can happen to one request on its way, by what it means for the work that it asks for. */
enum SimFault {
    NONE(true, false),
    /** Connection refused, host unknown, connection not made in time: the server never hears of it. */
    NOT_CONNECTED(false, false),
    /** The connection breaks before the request arrives. */
    LOST_BEFORE(false, false),
    /** The connection breaks after the work. */
    LOST_AFTER(true, false),
    /** Never arrives, and nobody says so. */
    SILENT_BEFORE(false, false),
    /** The work is done, and no answer comes. */
    SILENT_AFTER(true, false),
    /** Something on the way holds the request back; the work is done much later. */
    LATE(true, false),
    /** The answer takes its time, perhaps too much. */
    SLOW(true, false),
    /** The connection breaks in the middle of the answer. */
    CUT(true, false),
    /** The answer ends in the middle, as if it were whole. */
    SHORT(true, false),
    /** A gateway gives up before it has passed the request on: 5xx or 408. */
    GATEWAY_BEFORE(false, false),
    /** A gateway gives up after it has passed the request on: 5xx or 408. */
    GATEWAY_AFTER(true, false),
    /** The API says 503, in its own form. */
    UNAVAILABLE(false, false),
    /** 429 or 425. */
    BUSY(false, false),
    UNAUTHORIZED(false, false),
    /** Any other status from 300 to 499. */
    DENIED(false, false),
    /** The work is done, and the 2xx has a body that says nothing. */
    GARBAGE(true, false),
    /** A page of somebody else with a 2xx, as of a portal that wants a log-in. */
    PORTAL(false, false),

    /** From here on: what is not true, or what nobody should do. */
    UNAVAILABLE_AFTER(true, true),
    BUSY_AFTER(true, true),
    UNAUTHORIZED_AFTER(true, true),
    DENIED_AFTER(true, true),
    /** A 201 with a record that does not exist. */
    MADE_UP(false, true),
    /** A 201 with the record of somebody else. */
    FOREIGN(false, true),
    /** A gateway sends the request twice, and answers with the second answer. */
    COPIED(true, true);

    static final List<SimFault> TRUE =
            Arrays.stream(values()).filter(f -> !f.lie && f != NONE).toList();
    static final List<SimFault> LIES =
            Arrays.stream(values()).filter(f -> f.lie).toList();

    /** Whether the server gets to see the request. */
    final boolean works;

    final boolean lie;

    SimFault(boolean works, boolean lie) {
        this.works = works;
        this.lie = lie;
    }
}
