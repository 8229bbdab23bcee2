package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.EnumSet;
import java.util.Set;

/** Faults as a scenario draws them. */
final class RandomFaults implements Network.Faults {

    /** Faults that make sense for a deployment only. */
    private static final Set<SimFault> ONLY_DEPLOYMENTS =
            EnumSet.of(SimFault.MADE_UP, SimFault.FOREIGN, SimFault.COPIED);

    private final World world;

    RandomFaults(World world) {
        this.world = world;
    }

    @Override
    public SimFault next(SimRequest request) {
        Scenario scenario = world.scenario;
        // Most requests are no deployment, and the deployment matters most.
        if (scenario.onlyDeployments() && !request.isDeployment()) {
            return SimFault.NONE;
        }
        double rate = request.isDeployment() ? Math.min(1, 3 * scenario.faultRate()) : scenario.faultRate();
        if (!world.chance.happens(rate)) {
            return SimFault.NONE;
        }
        SimFault fault = world.chance.oneOf(scenario.faults());
        return !request.isDeployment() && (fault.lie || ONLY_DEPLOYMENTS.contains(fault)) ? SimFault.NONE : fault;
    }
}
