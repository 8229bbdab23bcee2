package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.Arrays;
import java.util.List;

/** Faults of one request on its way, by what they mean for its work. */
enum SimFault {
    NONE(true, false),
    /** Connection refused, host unknown, connection not made in time: the server never hears of it. */
    NOT_CONNECTED(false, false),
    /** The connection breaks before the request arrives. */
    LOST_BEFORE(false, false),
    /** The connection breaks after the work. */
    LOST_AFTER(true, false),
    /** The request never arrives, and nobody says so. */
    SILENT_BEFORE(false, false),
    /** The work is done, and no response comes. */
    SILENT_AFTER(true, false),
    /** Something on the way holds the request back; the work is done much later. */
    LATE(true, false),
    /** The response takes long, perhaps too long. */
    SLOW(true, false),
    /** The connection breaks in the middle of the response. */
    CUT(true, false),
    /** The response ends in the middle, as if it were whole. */
    SHORT(true, false),
    /** A gateway gives up before it has passed the request on: 5xx or 408. */
    GATEWAY_BEFORE(false, false),
    /** A gateway gives up after it has passed the request on: 5xx or 408. */
    GATEWAY_AFTER(true, false),
    /** The API responds with 503, in its own form. */
    UNAVAILABLE(false, false),
    /** The server responds with 429 or 425. */
    BUSY(false, false),
    UNAUTHORIZED(false, false),
    /** The server responds with another status from 300 to 499. */
    DENIED(false, false),
    /** The work is done, and the 2xx has a body that says nothing. */
    GARBAGE(true, false),
    /** A page of somebody else with a 2xx, such as a portal that wants a log-in. */
    PORTAL(false, false),

    /**
     * The API responds with 503 after the work. This fault and all after it are untrue responses, or acts that nobody
     * should do.
     */
    UNAVAILABLE_AFTER(true, true),
    BUSY_AFTER(true, true),
    UNAUTHORIZED_AFTER(true, true),
    DENIED_AFTER(true, true),
    /** A 201 with a record that does not exist. */
    MADE_UP(false, true),
    /** A 201 with the record of somebody else. */
    FOREIGN(false, true),
    /** A gateway sends the request twice and returns the second response. */
    COPIED(true, true);

    static final List<SimFault> TRUE =
            Arrays.stream(values()).filter(f -> !f.lie && f != NONE).toList();
    static final List<SimFault> LIES =
            Arrays.stream(values()).filter(f -> f.lie).toList();

    /** True if the server gets the request. */
    final boolean works;

    final boolean lie;

    SimFault(boolean works, boolean lie) {
        this.works = works;
        this.lie = lie;
    }
}
