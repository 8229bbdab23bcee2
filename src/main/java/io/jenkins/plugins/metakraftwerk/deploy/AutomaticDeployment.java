package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The server may deploy a build by itself at the moment it is finished, and nothing in the API says so. A run that has
 * seen the build before that moment knows that nobody else can have deployed it: it lets the server begin, and takes what
 * shows up instead of deploying a second time.
 */
final class AutomaticDeployment {

    /**
     * @param take the record to take, if there is one
     * @param newest of the same deployment, whosever it is
     */
    record Seen(Optional<Decision.Take> take, Optional<BuildDeployment> newest) {}

    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final RunParts parts;
    private final Deadline end;
    private final Chain<Seen> result;

    AutomaticDeployment(RunParts parts) {
        this.parts = parts;
        end = Deadline.in(parts.timing(), LONGEST);
        result = new Chain<>(parts.serial());
    }

    /** Looks until two looks agree, for 10 s at most. */
    CompletableFuture<Seen> look() {
        lookAfter(null);
        return result;
    }

    private void lookAfter(List<BuildDeployment> before) {
        result.then(records(), now -> {
            if (now.equals(before) || end.isBefore(PAUSE)) {
                decide(now);
            } else {
                result.then(parts.timing().after(PAUSE), over -> lookAfter(now));
            }
        });
    }

    private CompletableFuture<List<BuildDeployment>> records() {
        var request = parts.plan().request();
        var matching = Collectors.collectingAndThen(
                Collectors.filtering(request::matches, Collectors.<BuildDeployment>toList()),
                AutomaticDeployment::sorted);
        return parts.retries()
                .read(() -> parts.connection().read(client -> client.collect(request.sameDeployment(), matching)));
    }

    private static List<BuildDeployment> sorted(List<BuildDeployment> records) {
        records.sort(Comparator.comparing(BuildDeployment::id));
        return records;
    }

    private void decide(List<BuildDeployment> records) {
        if (records.isEmpty()) {
            result.complete(new Seen(Optional.empty(), Optional.empty()));
            return;
        }
        Optional<BuildDeployment> newest = Optional.of(records.get(records.size() - 1));
        result.then(ExecutorFilter.of(parts), carriedOut -> {
            Predicate<BuildDeployment> fits = record -> carriedOut.test(record) || ExecutorFilter.namesNobody(record);
            records.stream()
                    .filter(fits.negate())
                    .forEach(other -> parts.log().accept(Text.of("automatic.other", other.id())));
            if (records.stream().noneMatch(fits)) {
                result.complete(new Seen(Optional.empty(), newest));
                return;
            }
            var search =
                    parts.retries().read(() -> RecordSearch.foreign(parts, 0).findAmong(records, fits));
            result.then(
                    search,
                    found -> result.complete(new Seen(found.map(record -> take(record, parts.plan())), newest)));
        });
    }

    static Decision.Take take(BuildDeployment record, DeploymentPlan plan) {
        return new Decision.Take(record, Origin.ADOPTED, Text.of("automatic.found", record.id(), plan.serverLabel()));
    }
}
