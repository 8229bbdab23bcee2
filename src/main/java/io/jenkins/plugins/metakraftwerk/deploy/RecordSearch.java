package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.store.FileTrouble;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Looks for a record that may be taken as the run's own. It has the same deployment and a higher id than was there
 * before, and no other run of this controller owns it.
 */
final class RecordSearch {

    /** Longest time until the record of a request without a response shows up. */
    static final Duration WINDOW = Duration.ofSeconds(30);

    /**
     * Window of a search that reads once. It reads again only while the request of another run decides who owns the
     * record.
     */
    static final Duration ONCE = Duration.ZERO;

    /** Longer than any request is on its way: two log-ins and two calls, each of at most a minute. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final RunContext context;
    private final RequestKey key;
    private final long baseline;
    private final Duration window;
    private final boolean own;

    /** Records that were read, by id. The next read may come from a server that lags behind. */
    private final Map<Long, BuildDeployment> readById = new TreeMap<>();

    /** Requests of other runs that may own a record, by its id. */
    private final Map<Long, Set<UnclaimedRequests.UnclaimedRequest>> suspects = new HashMap<>();

    private Predicate<BuildDeployment> wanted;
    private Deadline end;
    private Deadline hardEnd;
    private MetaKraftwerkException lastFailure;

    private RecordSearch(RunContext context, long baseline, Duration window, boolean own) {
        this.context = context;
        this.baseline = baseline;
        this.window = window;
        this.own = own;
        key = context.key();
    }

    /**
     * Search for a record of the run itself.
     *
     * @param window time for further reads while there is no record
     */
    static RecordSearch own(RunContext context, long baseline, Duration window) {
        return new RecordSearch(context, baseline, window, true);
    }

    /** Search for a record that another run or person has made. Runs that look for their own records go first. */
    static RecordSearch foreign(RunContext context, long baseline) {
        return yielding(context, baseline, ONCE);
    }

    /** Search for a record that may be the run's own. Runs that look for their own records go first. */
    static RecordSearch yielding(RunContext context, long baseline, Duration window) {
        return new RecordSearch(context, baseline, window, false);
    }

    /** Finds a record that the agent or group of the plan carries out, as {@link #find(Predicate)}. */
    Optional<BuildDeployment> find() throws MetaKraftwerkException, InterruptedException {
        begin();
        return search(AgentFilter.forRun(context));
    }

    /**
     * Finds a record and claims it; empty if none shows up in time.
     *
     * @throws MetaKraftwerkException if a read fails for good, or if the last read failed
     */
    Optional<BuildDeployment> find(Predicate<BuildDeployment> filter)
            throws MetaKraftwerkException, InterruptedException {
        begin();
        return search(filter);
    }

    /**
     * Finds a record as {@link #find(Predicate)} does, beginning with records that were just read. A later read may
     * come from a server that lags behind.
     */
    Optional<BuildDeployment> findAmong(List<BuildDeployment> records, Predicate<BuildDeployment> filter)
            throws MetaKraftwerkException, InterruptedException {
        begin();
        wanted = filter;
        return searchOn(noteAndClaim(records.stream().filter(this::fits).toList()));
    }

    /** Begins. Refuses if the notes on records of other runs cannot be read. */
    private void begin() throws MetaKraftwerkException {
        end = Deadline.in(context.timing(), window);
        hardEnd = Deadline.in(context.timing(), LONGEST);
        Optional<FileTrouble> trouble = context.shared().ledger().trouble(key.server());
        if (trouble.isPresent()) {
            throw MetaKraftwerkException.refusedLocally(trouble.get().text());
        }
    }

    private Optional<BuildDeployment> search(Predicate<BuildDeployment> filter)
            throws MetaKraftwerkException, InterruptedException {
        wanted = filter;
        return searchOn(readRecords());
    }

    private Optional<BuildDeployment> searchOn(Optional<BuildDeployment> first)
            throws MetaKraftwerkException, InterruptedException {
        Optional<BuildDeployment> foundRecord = first;
        Duration pause = FIRST_PAUSE;
        while (foundRecord.isEmpty() && hasTimeFor(pause)) {
            VirtualThreadWaits.pause(context.timing(), pause);
            foundRecord = readRecords();
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
        if (foundRecord.isEmpty() && lastFailure != null) {
            throw lastFailure;
        }
        return foundRecord;
    }

    private Optional<BuildDeployment> readRecords() throws MetaKraftwerkException, InterruptedException {
        List<BuildDeployment> records;
        try {
            records = context.connection()
                    .read(client -> client.collect(
                            context.plan().request().sameDeployment(),
                            Collectors.filtering(this::fits, Collectors.toList())));
        } catch (MetaKraftwerkException e) {
            if (!e.retryable()) {
                throw e;
            }
            lastFailure = e;
            return Optional.empty();
        }
        return noteAndClaim(records);
    }

    private Optional<BuildDeployment> noteAndClaim(List<BuildDeployment> records)
            throws MetaKraftwerkException, InterruptedException {
        lastFailure = null;
        records.forEach(record -> readById.put(record.id(), record));
        return context.platformCalls().get(() -> claimable(readById.values()));
    }

    private boolean fits(BuildDeployment record) {
        return record.id() > baseline && context.plan().request().matches(record) && wanted.test(record);
    }

    private Set<UnclaimedRequests.UnclaimedRequest> othersUnclaimed() {
        return context.shared().unclaimedRequests().others(key, context.who().owner(), own);
    }

    private Optional<BuildDeployment> claimable(Collection<BuildDeployment> records) {
        RecordClaims claims = context.shared().claims();
        String owner = context.who().owner();
        List<BuildDeployment> free = records.stream()
                .filter(record -> !claims.isOfAnother(key, record, owner))
                .toList();
        suspects.keySet().retainAll(free.stream().map(BuildDeployment::id).toList());
        // Read after the records: a request sent before a record was seen may own it. A request that has landed has
        // claimed its record already, or has none.
        Set<UnclaimedRequests.UnclaimedRequest> unclaimed = othersUnclaimed();
        for (BuildDeployment record : free) {
            Set<UnclaimedRequests.UnclaimedRequest> others =
                    suspects.computeIfAbsent(record.id(), id -> new LinkedHashSet<>(unclaimed));
            others.retainAll(unclaimed);
            if (others.isEmpty()
                    && claims.claim(key, record, owner, context.timing().uptime())) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns true within the window. After the window, only while the request of another run decides who owns the
     * record.
     */
    private boolean hasTimeFor(Duration pause) {
        // If reads fail, nothing would ever be decided.
        boolean undecided = lastFailure == null && suspects.values().stream().anyMatch(others -> !others.isEmpty());
        return !(undecided ? hardEnd : end).isBefore(pause);
    }
}
