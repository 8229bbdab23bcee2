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
 * Looks for a record that may be taken for the run's own: one of the same deployment with a higher id than was there
 * before, which no other run of this controller owns.
 */
final class RecordSearch {

    /** How long the record of a request without an answer may take to show up. */
    static final Duration WINDOW = Duration.ofSeconds(30);

    /** One look, and further ones only while a request of another run decides whose record it is. */
    static final Duration ONCE = Duration.ZERO;

    /** Longer than any request is on its way: two log-ins and two calls of a minute each. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final RunContext context;
    private final RequestKey key;
    private final long baseline;
    private final Duration window;
    private final boolean own;

    /** By id, what a look has shown: the next may be of a server that lags behind. */
    private final Map<Long, BuildDeployment> shown = new TreeMap<>();

    /** By id, the requests of other runs that may turn out to own a record. */
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
     * For a record of the run itself.
     *
     * @param window how long to go on looking where there is no record
     */
    static RecordSearch own(RunContext context, long baseline, Duration window) {
        return new RecordSearch(context, baseline, window, true);
    }

    /** For one that somebody else has made: the runs that look for their own go first. */
    static RecordSearch foreign(RunContext context, long baseline) {
        return yielding(context, baseline, ONCE);
    }

    /** For one that may be the run's own, which the runs that look for their own need more. */
    static RecordSearch yielding(RunContext context, long baseline, Duration window) {
        return new RecordSearch(context, baseline, window, false);
    }

    /** A record that the agent or group of the plan carries out. */
    Optional<BuildDeployment> find() throws MetaKraftwerkException, InterruptedException {
        begin();
        return lookFor(AgentFilter.forRun(context));
    }

    /**
     * The record, claimed; empty if none shows up in time.
     *
     * @throws MetaKraftwerkException the last failure, if it never could look
     */
    Optional<BuildDeployment> find(Predicate<BuildDeployment> which)
            throws MetaKraftwerkException, InterruptedException {
        begin();
        return lookFor(which);
    }

    /** As above, where a look has just shown these records: a later one may be of a server that lags behind. */
    Optional<BuildDeployment> findAmong(List<BuildDeployment> records, Predicate<BuildDeployment> which)
            throws MetaKraftwerkException, InterruptedException {
        begin();
        wanted = which;
        return lookOn(seen(records.stream().filter(this::fits).toList()));
    }

    /** Not where it is not known which records belong to others. */
    private void begin() throws MetaKraftwerkException {
        end = Deadline.in(context.timing(), window);
        hardEnd = Deadline.in(context.timing(), LONGEST);
        Optional<FileTrouble> trouble = context.shared().ledger().trouble(key.server());
        if (trouble.isPresent()) {
            throw MetaKraftwerkException.refusedLocally(trouble.get().text());
        }
    }

    private Optional<BuildDeployment> lookFor(Predicate<BuildDeployment> which)
            throws MetaKraftwerkException, InterruptedException {
        wanted = which;
        return lookOn(look());
    }

    private Optional<BuildDeployment> lookOn(Optional<BuildDeployment> first)
            throws MetaKraftwerkException, InterruptedException {
        Optional<BuildDeployment> found = first;
        Duration pause = FIRST_PAUSE;
        while (found.isEmpty() && hasTimeFor(pause)) {
            VirtualThreadWaits.pause(context.timing(), pause);
            found = look();
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
        if (found.isEmpty() && lastFailure != null) {
            throw lastFailure;
        }
        return found;
    }

    private Optional<BuildDeployment> look() throws MetaKraftwerkException, InterruptedException {
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
        return seen(records);
    }

    private Optional<BuildDeployment> seen(List<BuildDeployment> records)
            throws MetaKraftwerkException, InterruptedException {
        lastFailure = null;
        records.forEach(record -> shown.put(record.id(), record));
        return context.platformCalls().get(() -> claimable(shown.values()));
    }

    private boolean fits(BuildDeployment record) {
        return record.id() > baseline && context.plan().request().matches(record) && wanted.test(record);
    }

    private Set<UnclaimedRequests.UnclaimedRequest> othersInFlight() {
        return context.shared().unclaimedRequests().others(key, context.who().owner(), own);
    }

    private Optional<BuildDeployment> claimable(Collection<BuildDeployment> records) {
        RecordClaims claims = context.shared().claims();
        String owner = context.who().owner();
        List<BuildDeployment> free = records.stream()
                .filter(record -> !claims.isOfAnother(key, record, owner))
                .toList();
        suspects.keySet().retainAll(free.stream().map(BuildDeployment::id).toList());
        // Read after the look: what took off before the record was seen may own it, what has landed has claimed it or
        // lost it.
        Set<UnclaimedRequests.UnclaimedRequest> flying = othersInFlight();
        for (BuildDeployment record : free) {
            Set<UnclaimedRequests.UnclaimedRequest> others =
                    suspects.computeIfAbsent(record.id(), id -> new LinkedHashSet<>(flying));
            others.retainAll(flying);
            if (others.isEmpty()
                    && claims.claim(key, record, owner, context.timing().uptime())) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    /** Within the window, and beyond it only while a request of another run decides whose record it is. */
    private boolean hasTimeFor(Duration pause) {
        // Where looking fails, nothing would ever be decided.
        boolean undecided = lastFailure == null && suspects.values().stream().anyMatch(others -> !others.isEmpty());
        return !(undecided ? hardEnd : end).isBefore(pause);
    }
}
