package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.BuildDeploymentFilter;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Reads the records on the server before a run sends. */
final class ExistingRecords {

    private static final Collector<BuildDeployment, ?, Optional<BuildDeployment>> NEWEST =
            Collectors.maxBy(Comparator.comparing(BuildDeployment::id));

    /**
     * Newest records of a target.
     *
     * @param newest the newest of the same deployment and the same build
     * @param skipFor the record that makes sending needless, if the plan asks for that
     */
    record NewestRecords(Optional<BuildDeployment> newest, Optional<BuildDeployment> skipFor) {

        /** Returns the highest id of the same deployment; 0 if there is none. */
        long baseline() {
            return newest.map(BuildDeployment::id).orElse(0L);
        }
    }

    private final RunContext context;
    private final DeploymentRequest request;

    ExistingRecords(RunContext context) {
        this.context = context;
        request = context.plan().request();
    }

    NewestRecords look() throws MetaKraftwerkException, InterruptedException {
        return context.plan().skips()
                ? lookForSkip(AgentFilter.forRun(context))
                : new NewestRecords(newest(request.sameDeployment()), Optional.empty());
    }

    /** Returns the newest record of the pattern and deployment, of any build. */
    Optional<BuildDeployment> newestOfAllBuilds() throws MetaKraftwerkException, InterruptedException {
        return newest(request.sameTarget());
    }

    private Optional<BuildDeployment> newest(BuildDeploymentFilter filter)
            throws MetaKraftwerkException, InterruptedException {
        return collect(filter, NEWEST);
    }

    private <R> R collect(BuildDeploymentFilter filter, Collector<BuildDeployment, ?, R> collector)
            throws MetaKraftwerkException, InterruptedException {
        return context.connection().read(client -> client.collect(filter, collector));
    }

    /**
     * Finds out if the newest record of the target is of this build. Then sending is needless. Older records do not
     * count.
     */
    private NewestRecords lookForSkip(Predicate<BuildDeployment> carriedOut)
            throws MetaKraftwerkException, InterruptedException {
        var both = Collectors.teeing(
                Collectors.filtering(request::matches, NEWEST),
                Collectors.filtering(carriedOut, NEWEST),
                (own, newest) -> new NewestRecords(own, newest));
        NewestRecords listed = collect(request.sameTarget(), both);
        Optional<BuildDeployment> justLanded =
                context.platformCalls().get(() -> ownNewest(carriedOut, listed.skipFor()));
        return new NewestRecords(
                listed.newest(),
                newer(listed.skipFor(), justLanded)
                        .filter(record -> record.buildId().equals(request.buildId())));
    }

    /**
     * Returns the newest record that a run of this controller has just got for the target. The list of the server may
     * not have it yet.
     */
    private Optional<BuildDeployment> ownNewest(
            Predicate<BuildDeployment> carriedOut, Optional<BuildDeployment> listed) {
        RequestKey key = context.key();
        return context.shared().claims().recent(context.timing().uptime()).stream()
                .filter(landed -> key.isSameTarget(landed.key())
                        || listed.filter(record -> isSameTarget(record, landed, key))
                                .isPresent())
                .map(RecordClaims.Landed::record)
                .filter(carriedOut)
                .collect(NEWEST);
    }

    private static boolean isSameTarget(BuildDeployment listed, RecordClaims.Landed landed, RequestKey key) {
        return landed.key().server().equals(key.server())
                && listed.patternId() != null
                && Objects.equals(listed.patternId(), landed.record().patternId())
                && Objects.equals(listed.deploymentId(), landed.record().deploymentId());
    }

    private static Optional<BuildDeployment> newer(Optional<BuildDeployment> one, Optional<BuildDeployment> other) {
        return one.isPresent()
                        && (other.isEmpty() || one.get().id() > other.get().id())
                ? one
                : other;
    }
}
