package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The server may deploy a build by itself at the moment it is finished, and nothing in the API says so. A run that has
 * seen the build before that moment knows that nobody else can have deployed it: it lets the server begin, and takes what
 * shows up instead of deploying a second time.
 */
final class AutomaticDeploymentSearch {

    /**
     * @param take the record to take, if there is one
     * @param newest of the same deployment, whosever it is
     */
    record Result(Optional<SendDecision.Take> take, Optional<BuildDeployment> newest) {}

    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final RunContext context;
    private final Deadline end;

    AutomaticDeploymentSearch(RunContext context) {
        this.context = context;
        end = Deadline.in(context.timing(), LONGEST);
    }

    /** Looks until two looks agree, for 10 s at most. */
    Result look() throws MetaKraftwerkException, InterruptedException {
        List<BuildDeployment> before = null;
        List<BuildDeployment> now = records();
        while (!now.equals(before) && !end.isBefore(PAUSE)) {
            VirtualThreadWaits.pause(context.timing(), PAUSE);
            before = now;
            now = records();
        }
        return now.isEmpty() ? new Result(Optional.empty(), Optional.empty()) : decide(now);
    }

    private List<BuildDeployment> records() throws MetaKraftwerkException, InterruptedException {
        var request = context.plan().request();
        var matching = Collectors.collectingAndThen(
                Collectors.filtering(request::matches, Collectors.<BuildDeployment>toList()),
                AutomaticDeploymentSearch::sorted);
        return context.repeats()
                .read(() -> context.connection().read(client -> client.collect(request.sameDeployment(), matching)));
    }

    private static List<BuildDeployment> sorted(List<BuildDeployment> records) {
        records.sort(Comparator.comparing(BuildDeployment::id));
        return records;
    }

    private Result decide(List<BuildDeployment> records) throws MetaKraftwerkException, InterruptedException {
        Optional<BuildDeployment> newest = Optional.of(records.get(records.size() - 1));
        Predicate<BuildDeployment> carriedOut = AgentFilter.forRun(context);
        Predicate<BuildDeployment> fits = record -> carriedOut.test(record) || AgentFilter.namesNobody(record);
        for (BuildDeployment record : records) {
            if (!fits.test(record)) {
                context.say().accept(Text.forKey("automatic.other", record.id()));
            }
        }
        if (records.stream().noneMatch(fits)) {
            return new Result(Optional.empty(), newest);
        }
        Optional<BuildDeployment> found =
                context.repeats().read(() -> RecordSearch.foreign(context, 0).findAmong(records, fits));
        return new Result(found.map(record -> take(record, context.plan())), newest);
    }

    static SendDecision.Take take(BuildDeployment record, DeploymentPlan plan) {
        return new SendDecision.Take(
                record, Origin.ADOPTED, Text.forKey("automatic.found", record.id(), plan.serverLabel()));
    }
}
