package io.jenkins.plugins.metakraftwerk.deploy;

import java.nio.file.Path;
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
    static final int REMEMBERED = 10_000;

    /** A request that is on its way. */
    static final class Flight {
        private final String scope;
        private final Object owner;

        private Flight(String scope, Object owner) {
            this.scope = scope;
            this.owner = owner;
        }
    }

    private final Set<Flight> flights = new HashSet<>();
    private final Map<String, String> owners = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final ClaimLedger ledger;

    /** Claims that end with the process. */
    public Claims() {
        ledger = null;
    }

    /** Claims that are kept in a file, so that they hold across restarts. */
    public Claims(Path file) {
        ledger = new ClaimLedger(file);
        owners.putAll(ledger.read(REMEMBERED));
    }

    /** Notes that a request is about to be sent. Two requests of one scope may create records alike. */
    synchronized Flight takeOff(String scope, Object owner) {
        Flight flight = new Flight(scope, owner);
        flights.add(flight);
        return flight;
    }

    /** Notes that the outcome of a request is known, or never will be; a record of its own is claimed before. */
    synchronized void land(Flight flight) {
        flights.remove(flight);
    }

    /** The requests of a scope, except those of one run, that are on their way now. */
    synchronized Set<Flight> othersInFlight(String scope, Object owner) {
        Set<Flight> others = new HashSet<>(flights);
        others.removeIf(flight -> !flight.scope.equals(scope) || flight.owner.equals(owner));
        return others;
    }

    /**
     * Takes a record, unless another run has it.
     *
     * @param server the server's address, since ids are unique for one server only
     * @param owner the run, as one line of text; the same run may claim a record again
     */
    public synchronized boolean claim(String server, long id, Object owner) {
        String record = server + "#" + id;
        String before = owners.putIfAbsent(record, owner.toString());
        if (before == null && ledger != null) {
            ledger.append(record, owner.toString());
        }
        return before == null || before.equals(owner.toString());
    }
}
