package io.jenkins.plugins.metakraftwerk.deploy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which run of this controller owns which record, so that of two runs of the same deployment none takes the record of
 * the other for its own. One instance serves all runs.
 *
 * <p>A run whose request is on its way may own a record that nobody has claimed yet. So a run that looks for its record
 * waits for the requests that were on their way when the record showed up.
 */
public final class Claims {

    /** As many claims as are remembered; far more than deployments that can be in doubt at once. */
    static final int REMEMBERED = 100_000;

    /** A request that is on its way. */
    static final class Flight {
        private final String scope;

        private Flight(String scope) {
            this.scope = scope;
        }
    }

    private final Set<Flight> flights = new HashSet<>();
    private final Map<String, Object> owners = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Notes that a request is about to be sent. Two requests of one scope may create records alike. */
    synchronized Flight takeOff(String scope) {
        Flight flight = new Flight(scope);
        flights.add(flight);
        return flight;
    }

    /** Notes that the outcome of a request is known, or never will be; a record of its own is claimed before. */
    synchronized void land(Flight flight) {
        flights.remove(flight);
    }

    /** The requests of a scope that are on their way now. */
    synchronized Set<Flight> inFlight(String scope) {
        Set<Flight> same = new HashSet<>(flights);
        same.removeIf(flight -> !flight.scope.equals(scope));
        return same;
    }

    /**
     * Takes a record, unless another run has it.
     *
     * @param server the server's address, since ids are unique for one server only
     * @param owner the run; the same run may claim a record again
     */
    public synchronized boolean claim(String server, long id, Object owner) {
        Object before = owners.putIfAbsent(server + "#" + id, owner);
        return before == null || before.equals(owner);
    }
}
