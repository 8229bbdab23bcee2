package io.jenkins.plugins.metakraftwerk.kills;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;

import io.jenkins.plugins.metakraftwerk.kills.Workload.Kind;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether all that Jenkins tells of its attempts agrees, with itself and with what the server has. */
final class Verdict {

    private final String when;
    private final Map<String, Long> began;
    private final List<ToldEnd> pages;
    private final List<String> lostBuilds;
    private final List<AuditedEnd> audit;

    /** By attempt. */
    private final Map<String, List<ToldEnd>> ends;

    /** The last of each attempt. */
    private final List<ToldEnd> last;

    /** By MetaKraftwerk build, how often it was asked for. */
    private final Map<Long, Long> sent;

    /** By record, its MetaKraftwerk build. */
    private final Map<Long, Long> records;

    private final List<String> problems = new ArrayList<>();

    /**
     * @param began by attempt, the MetaKraftwerk build that it deploys
     * @param lostBuilds those of Jenkins that it cannot load any more
     */
    Verdict(
            String when,
            Map<String, Long> began,
            List<ToldEnd> history,
            List<ToldEnd> pages,
            List<String> lostBuilds,
            List<AuditedEnd> audit,
            StandInServer server) {
        this.when = when;
        this.began = began;
        this.pages = pages;
        this.lostBuilds = lostBuilds;
        this.audit = audit;
        ends = history.stream()
                .collect(Collectors.groupingBy(ToldEnd::attempt, LinkedHashMap::new, Collectors.toList()));
        last = ends.values().stream().map(all -> all.get(all.size() - 1)).toList();
        sent = server.requests("POST", BUILD_DEPLOYMENTS).stream()
                .map(request -> request.json().get("build_id").asLong())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        records = server.deployments().stream()
                .collect(Collectors.toMap(
                        record -> record.get("id").asLong(),
                        record -> record.get("build_id").asLong()));
        eachHasOneLastEnd();
        pagesSayTheSame();
        auditSaysTheSame();
        nothingIsDeployedTwice();
        eachRecordIsOfOne();
    }

    List<String> problems() {
        return problems;
    }

    private void problem(String format, Object... values) {
        problems.add(format.formatted(values) + ", " + when);
    }

    /** What was unknown may become known, and nothing else changes. */
    private void eachHasOneLastEnd() {
        began.forEach((attempt, build) -> {
            if (!ends.containsKey(attempt)) {
                problem(
                        "%s began to deploy build %d, and has no end%s",
                        attempt, build, isLost(attempt) ? ", and Jenkins cannot load its build" : "");
            }
        });
        ends.forEach((attempt, all) -> {
            if (!began.containsKey(attempt)) {
                problem("%s ended and never began", attempt);
            }
            if (!all.subList(0, all.size() - 1).stream().allMatch(ToldEnd::isUnknown)) {
                problem(
                        "%s ended more than once: %s",
                        attempt, all.stream().map(ToldEnd::said).toList());
            }
        });
    }

    private boolean isLost(String attempt) {
        return lostBuilds.stream().anyMatch(build -> attempt.endsWith("@" + build));
    }

    private void pagesSayTheSame() {
        List<String> inHistory = said(last.stream()
                .filter(end -> !lostBuilds.contains(end.jenkinsBuild()))
                .toList());
        List<String> onPages = said(pages);
        without(inHistory, onPages).forEach(end -> problem("In the history, but on no page: %s", end));
        without(onPages, inHistory).forEach(end -> problem("On a page, but not in the history: %s", end));
    }

    private static List<String> said(List<ToldEnd> all) {
        return all.stream().map(ToldEnd::said).toList();
    }

    private static List<String> without(List<String> all, List<String> others) {
        List<String> left = new ArrayList<>(all);
        others.forEach(left::remove);
        return left;
    }

    private void auditSaysTheSame() {
        Map<String, String> lastLines = new LinkedHashMap<>();
        audit.stream()
                .filter(AuditedEnd::isSent)
                .forEach(line -> lastLines.put(line.jenkinsBuild() + " " + line.build(), line.said()));
        List<String> saidLast = said(last);
        lastLines.values().forEach(line -> {
            if (!saidLast.contains(line)) {
                problem("The audit log ends otherwise: %s", line);
            }
        });
        for (ToldEnd end : last) {
            boolean isThere = audit.stream().anyMatch(line -> tells(line, end));
            if (!isThere) {
                problem("Not in the audit log: %s", end.said());
            }
        }
    }

    private static boolean tells(AuditedEnd line, ToldEnd end) {
        boolean mayBeOfAnother = !line.isSent()
                && line.jenkinsBuild().equals(end.jenkinsBuild())
                && line.outcome().equals(end.outcome());
        return mayBeOfAnother || line.said().equals(end.said());
    }

    /** The server refuses nobody, so nobody asks twice. */
    private void nothingIsDeployedTwice() {
        sent.forEach((build, count) -> {
            long most = most(build);
            if (count > most) {
                problem("Build %d was sent %d times by %d attempts", build, count, most);
            }
        });
        records.values().stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .forEach((build, count) -> {
                    if (count > most(build)) {
                        problem("Build %d was deployed %d times", build, count);
                    }
                });
    }

    private long most(long build) {
        return Kind.forBuild(build) == Kind.ALIKE ? attempts(build) : 1;
    }

    private long attempts(long build) {
        return began.values().stream().filter(other -> other == build).count();
    }

    private void eachRecordIsOfOne() {
        Map<Long, List<ToldEnd>> owners =
                last.stream().filter(ToldEnd::isOwnRecord).collect(Collectors.groupingBy(ToldEnd::record));
        Map<Long, Long> ownerless = new TreeMap<>();
        records.forEach((record, build) -> {
            List<ToldEnd> own = owners.getOrDefault(record, List.of());
            if (own.isEmpty()) {
                ownerless.merge(build, 1L, Long::sum);
            } else if (own.size() > 1) {
                problem("Record %d is of %s", record, said(own));
            }
        });
        ownerless.forEach((build, count) -> {
            long unknown = last.stream()
                    .filter(end -> end.isUnknown() && end.build() == build)
                    .count();
            if (count > unknown) {
                problem("%d records of build %d are nobody's, and %d attempts are unknown", count, build, unknown);
            }
        });
        last.stream()
                .filter(end ->
                        end.record() != null && !Long.valueOf(end.build()).equals(records.get(end.record())))
                .forEach(end -> problem("There is no such record: %s", end.said()));
    }

    /** How many attempts ended in which way, and what else is worth knowing. */
    Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("began", (long) began.size());
        last.forEach(end -> figures.merge(end.outcome(), 1L, Long::sum));
        figures.put(
                "were unknown first",
                ends.values().stream().filter(all -> all.size() > 1).count());
        figures.put("records on the server", (long) records.size());
        figures.put(
                "requests that deploy",
                sent.values().stream().mapToLong(Long::longValue).sum());
        figures.put("builds that Jenkins cannot load any more", (long) lostBuilds.size());
        figures.put("ends that the audit log has more than once", doublesInTheAudit());
        return figures;
    }

    /** A crash may come between the audit log and the page. */
    private long doublesInTheAudit() {
        return audit.stream()
                .filter(AuditedEnd::isSent)
                .collect(Collectors.groupingBy(
                        line -> line.jenkinsBuild() + " " + line.build() + " " + line.record(), Collectors.counting()))
                .values()
                .stream()
                .filter(count -> count > 1)
                .count();
    }
}
