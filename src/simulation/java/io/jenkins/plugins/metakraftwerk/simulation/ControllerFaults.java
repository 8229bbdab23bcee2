package io.jenkins.plugins.metakraftwerk.simulation;

import java.time.Duration;

/**
 * Faults of the controller from outside. They happen between two events, at moments that something outside has seen.
 */
abstract class ControllerFaults {

    enum Act {
        NONE,
        CRASH,
        STOP,
        ABORT,
        CLOCK,
        STUCK,
        DISK,
        TOKENS
    }

    private final World world;
    private Act next = Act.NONE;
    private boolean struck;

    ControllerFaults(World world) {
        this.world = world;
    }

    /**
     * Returns the fault after a moment.
     *
     * @param outside true if the world has changed, so that a crash now differs from one before
     */
    abstract Act after(boolean outside);

    /** Called when the controller has done something. */
    final void moment() {
        decide(false);
    }

    /** Called when something has changed that outlives the controller. */
    final void change() {
        decide(true);
    }

    private void decide(boolean outside) {
        Act act = after(outside);
        if (act != Act.NONE) {
            next = act;
        }
    }

    boolean hasStruck() {
        return struck;
    }

    /** Applies a fault that is due now. */
    final void strike() {
        Act act = next;
        next = Act.NONE;
        Controller controller = world.controller;
        if (act == Act.NONE || !controller.isUp()) {
            return;
        }
        struck = true;
        switch (act) {
            case CRASH -> controller.crash();
            case STOP -> controller.stop();
            case ABORT -> controller.abortOne();
            case CLOCK -> controller.setClock(clockChange(world.chance));
            case STUCK -> controller.getStuck(world.chance.between(1, 150) * Scheduler.SECOND);
            case DISK -> controller.disk().fails();
            case TOKENS -> {
                world.trace.line(() -> "== all tokens expire");
                world.server(World.HOST).tokens.expire();
            }
            default -> throw new IllegalStateException(act.name());
        }
    }

    static Duration clockChange(Chance chance) {
        return Duration.ofSeconds(chance.oneOf(-90_000, -3_600, -60, 60, 3_600, 90_000));
    }

    /** Returns faults as the scenario draws them. */
    static ControllerFaults drawn(World world) {
        Scenario scenario = world.scenario;
        return new ControllerFaults(world) {
            private int crashes = 3;
            private int aborts = 2;
            private int others = 3;

            @Override
            Act after(boolean outside) {
                // More often if it makes a difference.
                double weight = outside ? 3 : 0.5;
                if (crashes > 0 && world.chance.happens(weight * scenario.crashRate())) {
                    crashes--;
                    return Act.CRASH;
                }
                if (crashes > 0 && world.chance.happens(weight * scenario.stopRate())) {
                    crashes--;
                    return Act.STOP;
                }
                if (aborts > 0 && world.chance.happens(weight * scenario.abortRate())) {
                    aborts--;
                    return Act.ABORT;
                }
                return others > 0 ? other() : Act.NONE;
            }

            private Act other() {
                Act act = world.chance.happens(scenario.clockRate())
                        ? Act.CLOCK
                        : world.chance.happens(scenario.stuckRate())
                                ? Act.STUCK
                                : world.chance.happens(scenario.tokenRate())
                                        ? Act.TOKENS
                                        : world.chance.happens(scenario.diskFails()) ? Act.DISK : Act.NONE;
                others -= act == Act.NONE ? 0 : 1;
                return act;
            }
        };
    }
}
