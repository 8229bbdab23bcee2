package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which run of this controller owns which record, so that of two runs of the same deployment none takes the record of
 * the other for its own. One instance serves all runs.
 *
 * <p>A run whose request is on its way may own a record that nobody has claimed yet. So a run that looks for its record
 * waits for the requests that were on their way when the record showed up.
 */
public final class Claims {

    /** As many claims as are remembered; far more than deployments that can be in doubt at once. */
    public static final int REMEMBERED = 10_000;

    /** How long a list may be behind what the server has answered; then it is believed, not the memory of its answer. */
    private static final Duration LAG = Duration.ofMinutes(5);

    /** A line of the journal: the record, that is its server and id, and the run that owns it. */
    private static final Pattern LINE = Pattern.compile("(https?://\\S+#\\d+) (.*\\S.*)");

    /** How a line begins. */
    private static final Pattern SERVER = Pattern.compile("(https?://[^\\s#]+)#.*");

    /** A request that is on its way, or has had no clear answer, so that its run looks for its record. */
    static final class Flight {
        private final String scope;
        private final String owner;

        /** Guarded by the claims. */
        private boolean isSought;

        private Flight(String scope, String owner) {
            this.scope = scope;
            this.owner = owner;
        }
    }

    /** A record that a run of this process got or found a short while ago. */
    record Landed(RequestKey key, BuildDeployment record, Duration at) {}

    private final Set<Flight> flights = new LinkedHashSet<>();
    private final Deque<Landed> landed = new ArrayDeque<>();
    private final Map<String, String> owners = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Journal journal;

    /** Claims that end with the process. */
    public Claims() {
        journal = null;
    }

    /** @param journal keeps the claims across restarts */
    public Claims(Journal journal) {
        this.journal = journal;
        journal.open(new Lines());
    }

    private final class Lines implements JournalContent {
        @Override
        public boolean understands(String line) {
            return LINE.matcher(line).matches();
        }

        @Override
        public Optional<String> serverOf(String line) {
            Matcher matcher = SERVER.matcher(line);
            return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
        }

        @Override
        public void load(List<String> lines, List<String> waiting) {
            Claims.this.load(lines);
        }

        @Override
        public List<String> worthKeeping() {
            return lines();
        }
    }

    /** What this process has noted is newer than what the file tells. */
    private synchronized void load(List<String> lines) {
        Map<String, String> noted = new LinkedHashMap<>(owners);
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                note(matcher.group(1), matcher.group(2));
            }
        }
        noted.forEach(this::note);
    }

    /** Why claims of records of that server may be lost; empty where none are. Does not block. */
    Optional<Trouble> trouble(String server) {
        return Optional.ofNullable(journal == null ? null : journal.trouble()).filter(found -> found.concerns(server));
    }

    /** Reads what could not be read. Completes when that was tried. */
    CompletableFuture<Void> look() {
        return journal == null ? CompletableFuture.completedFuture(null) : journal.look();
    }

    /** Notes that a request is about to be sent. */
    synchronized Flight takeOff(String scope, String owner) {
        Flight flight = new Flight(scope, owner);
        flights.add(flight);
        return flight;
    }

    /** Notes that nothing more is to be heard of a request, and that its run looks for its record. */
    synchronized void seek(Flight flight) {
        flight.isSought = true;
    }

    /** Notes that the outcome of a request is known, or never will be; a record of its own is claimed before. */
    synchronized void land(Flight flight) {
        flights.remove(flight);
    }

    /**
     * The requests of a scope, except those of one run, that may own a record.
     *
     * @param sought also those whose runs look for their records; of two that do, none waits for the other
     */
    synchronized Set<Flight> othersInFlight(String scope, String owner, boolean sought) {
        Set<Flight> others = new LinkedHashSet<>(flights);
        others.removeIf(
                flight -> !flight.scope.equals(scope) || flight.owner.equals(owner) || (flight.isSought && !sought));
        return others;
    }

    /** Takes a record that was found, unless another run has it; the same run may take it again. */
    synchronized boolean claim(RequestKey key, BuildDeployment record, String owner, Duration now) {
        if (isOfAnother(key, record, owner)) {
            return false;
        }
        own(key, record, owner, now);
        return true;
    }

    synchronized boolean isOfAnother(RequestKey key, BuildDeployment record, String owner) {
        String before = owners.get(name(key, record));
        return before != null && !before.equals(owner);
    }

    /**
     * Notes the record that the server has answered a run with. What was noted of its id before was of a database that has
     * been restored since.
     */
    synchronized void own(RequestKey key, BuildDeployment record, String owner, Duration now) {
        landed.add(new Landed(key, record, now));
        while (landed.size() > REMEMBERED || landed.getFirst().at().plus(LAG).compareTo(now) < 0) {
            landed.removeFirst();
        }
        String name = name(key, record);
        if (!owner.equals(owners.get(name))) {
            note(name, owner);
            if (journal != null) {
                journal.append(name + " " + owner);
            }
        }
    }

    /** Completes when all that was claimed so far would survive a loss of power; not while the disk is full. */
    CompletableFuture<Void> kept() {
        return journal == null ? CompletableFuture.completedFuture(null) : journal.kept();
    }

    /** What runs of this process have landed so recently that the server's lists may not have it yet. */
    synchronized List<Landed> recent(Duration now) {
        return landed.stream()
                .filter(one -> one.at().plus(LAG).compareTo(now) >= 0)
                .toList();
    }

    private void note(String name, String owner) {
        // Anew, so that the eldest goes first.
        owners.remove(name);
        owners.put(name, owner);
    }

    private synchronized List<String> lines() {
        return owners.entrySet().stream()
                .map(claim -> claim.getKey() + " " + claim.getValue())
                .toList();
    }

    private static String name(RequestKey key, BuildDeployment record) {
        return key.server() + "#" + record.id();
    }
}
