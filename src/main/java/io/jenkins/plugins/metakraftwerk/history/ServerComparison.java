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
 * Compares the newest record of each target on its server with what this Jenkins knows. The caller has checked that the
 * current user may use the credentials of the item.
 */
final class ServerComparison {

    /** Limit of patterns that one click asks for. */
    static final int MOST_PATTERNS = 50;

    /** Limit of targets that one click compares. */
    static final int MOST_TARGETS = 200;

    static final ComparisonPermits TURNS = new ComparisonPermits();

    /** Limit of attempts with unknown outcome whose record is searched. */
    private static final int MOST_SOUGHT = 20;

    /** Number of requests at the same time. */
    private static final int REQUESTS_AT_ONCE = 8;

    private final OverviewSubject subject;

    /** Access by address, since each credential is looked up once. */
    private final Map<String, Access> accesses = new HashMap<>();

    /** Hash that the page knows a target by, by the hash that the target has now. */
    private final Map<String, String> askedAs = new HashMap<>();

    /**
     * Result for the page.
     *
     * @param targets for each target its hash as 'target', a 'state' and a 'text'
     * @param leftOut number of targets above {@link ServerComparison#MOST_TARGETS}
     */
    record Result(List<Map<String, String>> targets, int leftOut) {}

    ServerComparison(OverviewSubject subject) {
        this.subject = subject;
    }

    /**
     * Waits at most as long as {@link WebRequestWait}. Targets without a response by then are not compared.
     *
     * @throws AbortException if too many requests compare already
     */
    Result compare(Set<String> hashes) throws AbortException {
        WebRequestDeadline deadline = WebRequestWait.deadline();
        return TURNS.take(deadline, () -> compare(hashes, deadline));
    }

    private Result compare(Set<String> hashes, WebRequestDeadline deadline) {
        List<TargetLine> before = subject.lines().stream()
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

    /** Returns what is known of the targets now. Targets known by names may be known by ids since. */
    private List<TargetLine> again(List<TargetLine> before) {
        List<TargetLine> now = subject.lines();
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

    /** Searches the records of attempts with unknown outcome. Returns true if any was found. */
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
            // Shows the records that were found by the deadline.
        }
        return sought.stream().filter(AttemptSearch::show).count() > 0;
    }

    private Optional<AttemptSearch> sought(TargetLine line) {
        AttemptRecord unknown = line.perhaps();
        ServerPin pin = new ServerPin(unknown.server(), line.key().serverUrl());
        boolean known = unknown.owner() != null && !unknown.deleted();
        return known && accesses.computeIfAbsent(pin.url(), url -> access(pin)) instanceof ComparedPattern.Open access
                ? Optional.ofNullable(Jenkins.get().getItemByFullName(unknown.job(), Job.class))
                        .map(job -> new AttemptSearch(job, unknown, access.client()))
                : Optional.empty();
    }

    private void ask(Collection<ComparedPattern> patterns, WebRequestDeadline deadline) {
        Queue<ComparedPattern> waiting = new ConcurrentLinkedQueue<>();
        patterns.stream().limit(MOST_PATTERNS).filter(this::connect).forEach(waiting::add);
        try {
            WebRequestWait.await(
                    () -> VirtualThreads.together(Collections.nCopies(REQUESTS_AT_ONCE, () -> askWaiting(waiting))),
                    deadline);
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

    /** Looks up the credential, which may block, before any request is sent. */
    private boolean connect(ComparedPattern pattern) {
        return pattern.connect(accesses.computeIfAbsent(pattern.server().url(), url -> access(pattern.server())));
    }

    /** Finds the server by its address, since its name may belong to another server by now. */
    private Access access(ServerPin pin) {
        try {
            MetaKraftwerkServer server = pin.among(
                            MetaKraftwerkGlobalConfiguration.get().getServers(),
                            MetaKraftwerkServer::getName,
                            MetaKraftwerkServer::normalUrl)
                    .orElseThrow(() -> new AbortException(Messages.compare_noServer(pin.name())));
            return new ComparedPattern.Open(Connections.ofItem(subject.item(), server.getName(), null)
                    .withTimeout(WebRequestWait.limits().call()));
        } catch (AbortException e) {
            return new ComparedPattern.Closed(e.getMessage());
        }
    }

    private static Void askWaiting(Queue<ComparedPattern> waiting) throws InterruptedException {
        for (ComparedPattern next = waiting.poll(); next != null; next = waiting.poll()) {
            next.ask();
        }
        return null;
    }
}
