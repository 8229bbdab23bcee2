package io.jenkins.plugins.metakraftwerk.history;

import hudson.AbortException;
import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.ServerPin;
import io.jenkins.plugins.metakraftwerk.history.ComparedPattern.Access;
import io.jenkins.plugins.metakraftwerk.run.AttemptSearch;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.server.WebRequestDeadline;
import io.jenkins.plugins.metakraftwerk.server.WebRequestWait;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import jenkins.model.Jenkins;

/**
 * Sets the newest record of each target on its server beside what this Jenkins knows of it. The caller has checked that
 * the current user may spend the credentials of the place.
 */
final class ServerComparison {

    /** How many patterns one click asks for at most. */
    static final int MOST_PATTERNS = 50;

    /** How many targets one click compares at most. */
    static final int MOST_TARGETS = 200;

    static final ComparisonPermits TURNS = new ComparisonPermits();

    /** For how many of them the record of an attempt that ended unknown is looked for. */
    private static final int MOST_SOUGHT = 20;

    /** How many requests are on their way at once. */
    private static final int LANES = 8;

    private final OverviewSubject place;

    /** By address; each credential is looked up once. */
    private final Map<String, Access> ways = new HashMap<>();

    /** By what stands for a target now, what stood for it when it was asked for. */
    private final Map<String, String> askedAs = new HashMap<>();

    /**
     * What is said of the targets.
     *
     * @param targets of each its hash as 'target', a 'state' and a 'text'
     * @param leftOut how many more were asked for
     */
    record Result(List<Map<String, String>> targets, int leftOut) {}

    ServerComparison(OverviewSubject place) {
        this.place = place;
    }

    /**
     * Takes as long as {@link WebRequestWait} waits; what is not known by then is not compared.
     *
     * @throws AbortException where too many others compare
     */
    Result compare(Set<String> hashes) throws AbortException {
        WebRequestDeadline deadline = WebRequestWait.deadline();
        return TURNS.take(deadline, () -> compare(hashes, deadline));
    }

    private Result compare(Set<String> hashes, WebRequestDeadline deadline) {
        List<TargetLine> before = place.lines().stream()
                .filter(line -> hashes.contains(line.key().hash()))
                .toList();
        List<TargetLine> asked = seek(before, deadline) ? again(before) : before;
        Collection<ComparedPattern> patterns =
                patterns(ShownPattern.sorted(asked).stream().limit(MOST_TARGETS).toList());
        ask(patterns, deadline);
        Map<TargetLine, Long> others = new HashMap<>();
        patterns.forEach(pattern -> others.putAll(pattern.others()));
        OwnRecords own = OwnRecords.among(others, deadline);
        return new Result(
                patterns.stream()
                        .flatMap(pattern -> pattern.results(own))
                        .map(this::asAsked)
                        .toList(),
                Math.max(0, asked.size() - MOST_TARGETS));
    }

    /** What is known of them now; what was known by names only may be known by ids since. */
    private List<TargetLine> again(List<TargetLine> before) {
        List<TargetLine> now = place.lines();
        List<TargetLine> again = new ArrayList<>();
        for (TargetLine line : before) {
            now.stream().filter(other -> other.covers(line.key())).findFirst().ifPresent(found -> {
                again.add(found);
                askedAs.put(found.key().hash(), line.key().hash());
            });
        }
        return again.stream().distinct().toList();
    }

    private Map<String, String> asAsked(Map<String, String> result) {
        result.computeIfPresent("target", (name, hash) -> askedAs.getOrDefault(hash, hash));
        return result;
    }

    /** Looks for the records of what ended unknown, and answers whether any was found. */
    private boolean seek(List<TargetLine> asked, WebRequestDeadline deadline) {
        List<AttemptSearch> sought = asked.stream()
                .filter(line -> line.perhaps() != null)
                .limit(MOST_SOUGHT)
                .flatMap(line -> sought(line).stream())
                .toList();
        try {
            List<ReadRetries.ReadCall<Void>> searches = sought.stream()
                    .<ReadRetries.ReadCall<Void>>map(attempt -> attempt::find)
                    .toList();
            WebRequestWait.await(() -> VirtualThreads.together(searches), deadline);
        } catch (AbortException e) {
            // What was found by then is shown.
        }
        return sought.stream().filter(AttemptSearch::show).count() > 0;
    }

    private Optional<AttemptSearch> sought(TargetLine line) {
        AttemptRecord unknown = line.perhaps();
        ServerPin pin = new ServerPin(unknown.server(), line.key().serverUrl());
        boolean known = unknown.owner() != null && !unknown.deleted();
        return known && ways.computeIfAbsent(pin.url(), url -> way(pin)) instanceof ComparedPattern.Open way
                ? Optional.ofNullable(Jenkins.get().getItemByFullName(unknown.job(), Job.class))
                        .map(job -> new AttemptSearch(job, unknown, way.client()))
                : Optional.empty();
    }

    private void ask(Collection<ComparedPattern> patterns, WebRequestDeadline deadline) {
        Queue<ComparedPattern> waiting = new ConcurrentLinkedQueue<>();
        patterns.stream().limit(MOST_PATTERNS).filter(this::connect).forEach(waiting::add);
        try {
            WebRequestWait.await(
                    () -> VirtualThreads.together(Collections.nCopies(LANES, () -> lane(waiting))), deadline);
        } catch (AbortException e) {
            patterns.forEach(ComparedPattern::stop);
        }
    }

    private static Collection<ComparedPattern> patterns(List<TargetLine> lines) {
        Map<List<String>, ComparedPattern> patterns = new LinkedHashMap<>();
        lines.forEach(line -> patterns.computeIfAbsent(
                        List.of(line.key().serverUrl(), line.key().pattern()), key -> new ComparedPattern())
                .add(line));
        return patterns.values();
    }

    /** May block, so it comes before anything is asked. */
    private boolean connect(ComparedPattern pattern) {
        return pattern.connect(ways.computeIfAbsent(pattern.server().url(), url -> way(pattern.server())));
    }

    /** To the server that has the address now: a name may have gone to another one. */
    private Access way(ServerPin pin) {
        try {
            MetaKraftwerkServer server = pin.among(
                            MetaKraftwerkGlobalConfiguration.get().getServers(),
                            MetaKraftwerkServer::getName,
                            MetaKraftwerkServer::normalUrl)
                    .orElseThrow(() -> new AbortException(Messages.compare_noServer(pin.name())));
            return new ComparedPattern.Open(Connections.ofItem(place.item(), server.getName(), null)
                    .withTimeout(WebRequestWait.limits().call()));
        } catch (AbortException e) {
            return new ComparedPattern.Closed(e.getMessage());
        }
    }

    private static Void lane(Queue<ComparedPattern> waiting) throws InterruptedException {
        for (ComparedPattern next = waiting.poll(); next != null; next = waiting.poll()) {
            next.ask();
        }
        return null;
    }
}
