package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.EnumSet;
import java.util.Set;

/** Trouble as a scenario has it. */
final class RandomFaults implements Network.Faults {

    /** What makes no sense for anything but a deployment. */
    private static final Set<Fault> ONLY_DEPLOYMENTS = EnumSet.of(Fault.MADE_UP, Fault.FOREIGN, Fault.COPIED);

    private final World world;

    RandomFaults(World world) {
        this.world = world;
    }

    @Override
    public Fault next(Request request) {
        Scenario scenario = world.scenario;
        // A deployment is one request of many, and the one that matters.
        if (scenario.onlyDeployments() && !request.isDeployment()) {
            return Fault.NONE;
        }
        double rate = request.isDeployment() ? Math.min(1, 3 * scenario.faultRate()) : scenario.faultRate();
        if (!world.chance.happens(rate)) {
            return Fault.NONE;
        }
        Fault fault = world.chance.of(scenario.faults());
        return !request.isDeployment() && (fault.lie || ONLY_DEPLOYMENTS.contains(fault)) ? Fault.NONE : fault;
    }
}
