package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import java.time.Duration;

/** Makes jobs. */
final class SimJobs {

    static final long BUILD = 5139;
    static final long OTHER_BUILD = 5140;

    /** Enough for 50 reads of a build. */
    private static final int MOST_MINUTES = 12;

    private SimJobs() {}

    /** Draws a job. Jobs are so alike that some of them meet. */
    static SimJob drawn(Chance chance) {
        boolean waits = chance.happens(0.3);
        return job(
                chance.happens(0.85) ? BUILD : OTHER_BUILD,
                chance.happens(0.2),
                chance.happens(0.6) ? "" : chance.oneOf("vm-a", "#31", "etl", "#41", "vm-b", "nobody"),
                chance.oneOf(null, null, true, true, false),
                waits,
                chance.happens(0.15),
                (int) chance.between(1, MOST_MINUTES),
                Duration.ofSeconds(chance.oneOf(0, 20, 120)),
                chance.happens(0.4) ? chance.below(3) : 0,
                chance.happens(0.85));
    }

    /** @param executor empty for none; a name, or an id after a hash; ids from 41 on are groups */
    static SimJob job(
            long build,
            boolean ids,
            String executor,
            Boolean skipIfDeployed,
            boolean waitForBuild,
            boolean sendAfterUnknown,
            int minutes,
            Duration retryLimit,
            int retries,
            boolean resumable) {
        DeploymentFields fields = new DeploymentFields(String.valueOf(build))
                .pattern(ids ? null : "LOAD", ids ? "11" : null)
                .deployment(ids ? null : "DEV", ids ? "21" : null);
        boolean group = executor.startsWith("etl") || executor.startsWith("#4");
        String name = executor.startsWith("#") || executor.isEmpty() ? null : executor;
        String id = executor.startsWith("#") ? executor.substring(1) : null;
        if (group) {
            fields.agentGroup(name, id);
        } else {
            fields.agent(name, id);
        }
        boolean mayWait = waitForBuild || Boolean.TRUE.equals(skipIfDeployed);
        fields.skipIfDeployed(skipIfDeployed)
                .waiting(waitForBuild, mayWait ? minutes : null)
                .sendAfterUnknown(sendAfterUnknown);
        try {
            return new SimJob(
                    fields,
                    RequestedDeployment.from(fields.request()),
                    name != null,
                    ids ? "#11/#21" : "LOAD/DEV",
                    skipIfDeployed,
                    waitForBuild,
                    sendAfterUnknown,
                    Duration.ofMinutes(mayWait ? minutes : DeploymentFields.DEFAULT_WAIT_MINUTES),
                    retryLimit,
                    retries,
                    resumable);
        } catch (MetaKraftwerkException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
