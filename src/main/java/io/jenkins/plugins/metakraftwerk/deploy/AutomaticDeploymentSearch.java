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
 * Search for the record of an automatic deployment. The server may deploy a build by itself when it is finished, and
 * the REST API does not tell if it will.
 *
 * <p>A run that saw the build unfinished knows that nobody else can have deployed it. So it gives the server time to
 * begin. It takes the record that shows up and does not deploy a second time.
 */
final class AutomaticDeploymentSearch {

    /**
     * @param take the record to take, if there is one
     * @param newest the newest record of the same deployment, of any run
     */
    record Result(Optional<SendDecision.Take> take, Optional<BuildDeployment> newest) {}

    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration MOST = Duration.ofSeconds(10);

    private final RunContext context;
    private final Deadline end;

    AutomaticDeploymentSearch(RunContext context) {
        this.context = context;
        end = Deadline.in(context.timing(), MOST);
    }

    /** Reads the records until two reads agree, for 10 s at most. */
    Result look() throws MetaKraftwerkException, InterruptedException {
        List<BuildDeployment> previous = null;
        List<BuildDeployment> current = records();
        while (!current.equals(previous) && !end.isBefore(PAUSE)) {
            VirtualThreadWaits.pause(context.timing(), PAUSE);
            previous = current;
            current = records();
        }
        return current.isEmpty() ? new Result(Optional.empty(), Optional.empty()) : decide(current);
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
        Optional<BuildDeployment> toTake =
                context.repeats().read(() -> RecordSearch.foreign(context, 0).findAmong(records, fits));
        return new Result(toTake.map(record -> take(record, context.plan())), newest);
    }

    static SendDecision.Take take(BuildDeployment record, DeploymentPlan plan) {
        return new SendDecision.Take(
                record, Origin.ADOPTED, Text.forKey("automatic.found", record.id(), plan.serverLabel()));
    }
}
