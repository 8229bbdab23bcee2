package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.EnumSet;
import java.util.Set;

/** Trouble as a scenario has it. */
final class RandomFaults implements Network.Faults {

    /** What makes no sense for anything but a deployment. */
    private static final Set<SimFault> ONLY_DEPLOYMENTS =
            EnumSet.of(SimFault.MADE_UP, SimFault.FOREIGN, SimFault.COPIED);

    private final World world;

    RandomFaults(World world) {
        this.world = world;
    }

    @Override
    public SimFault next(SimRequest request) {
        Scenario scenario = world.scenario;
        // A deployment is one request of many, and the one that matters.
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
