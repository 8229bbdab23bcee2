package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks for the record of an attempt that ended unknown, in the same way as a retry would. Its id is higher than all
 * ids before the request, the same agent or group carries it out, and no other run owns it. Sends no deployment. For
 * callers that read from the server anyway.
 */
public final class LateRecordSearch {

    private final RunCoordination shared;
    private final AttemptRecord unknown;

    public LateRecordSearch(RunCoordination shared, AttemptRecord unknown) {
        this.shared = shared;
        this.unknown = unknown;
    }

    /**
     * Finds the record and claims it for the attempt. Waits for at most 5 s until the claim is kept.
     *
     * @return empty if there is no such record, or if it cannot be told from others
     * @throws MetaKraftwerkException if the server or the notes on other runs cannot be read
     */
    public Optional<DeploymentResult> find(MetaKraftwerkClient client)
            throws MetaKraftwerkException, InterruptedException {
        RunContext context = context(client);
        Optional<Long> baseline = context.platformCalls().get(this::baseline);
        if (baseline.isEmpty()) {
            return Optional.empty();
        }
        context.connection().connect();
        Optional<BuildDeployment> foundRecord = RecordSearch.yielding(context, baseline.get(), RecordSearch.ONCE)
                .find();
        if (foundRecord.isPresent()) {
            BoundedWait.awaits(shared.timing(), context.platformCalls().get(this::settle));
        }
        return foundRecord.map(record -> new DeploymentResult(Origin.ADOPTED, record));
    }

    /** Returns the id above which its record would be; empty if nobody may look for it now. */
    private Optional<Long> baseline() {
        return shared.attempts()
                .sentBy(unknown.owner())
                .map(UnknownAttempt::baseline)
                .filter(id -> id != Long.MAX_VALUE)
                .filter(id -> new ManualSettlement(shared, unknown).refusal().isEmpty());
    }

    private Signal settle() {
        shared.attempts().settle(unknown.owner());
        return shared.ledger().kept();
    }

    private RunContext context(MetaKraftwerkClient client) throws MetaKraftwerkException {
        DeploymentPlan plan =
                new DeploymentPlan(request(), unknown.server(), null, false, false, Duration.ZERO, Duration.ZERO);
        RunIdentity who = new RunIdentity(unknown.owner(), null, unknown.fullDisplayName());
        ServerConnector connector = new GivenServer(ServerUrl.parse(unknown.serverUrl()), client);
        return RunContext.forRun(shared, connector, plan, who, text -> {});
    }

    /** Makes the request with ids, as far as they are known by now. */
    private DeploymentRequest request() {
        return new DeploymentRequest(
                unknown.buildId(),
                unknown.patternId() == null ? unknown.pattern() : null,
                unknown.patternId(),
                unknown.deploymentId() == null ? unknown.deployment() : null,
                unknown.deploymentId(),
                unknown.agent(),
                unknown.agentId(),
                unknown.agentGroup(),
                unknown.agentGroupId());
    }

    /** Connection that the caller already has. */
    private record GivenServer(ServerUrl server, MetaKraftwerkClient client)
            implements ServerConnector, ServerConnection {

        @Override
        public AttemptSource source() {
            throw new UnsupportedOperationException("Nothing is sent");
        }

        @Override
        public ServerConnection connect() {
            return this;
        }

        @Override
        public boolean renew() {
            return false;
        }
    }
}
