package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Script of faults. It says what goes wrong at each point of a schedule. A point is a request, or a moment at which the
 * world has changed so that a crash now differs from one before.
 */
final class FaultScript {

    /** Faults that represent all others. */
    static final List<SimFault> FAULTS = List.of(
            SimFault.NOT_CONNECTED,
            SimFault.LOST_BEFORE,
            SimFault.LOST_AFTER,
            SimFault.SILENT_AFTER,
            SimFault.LATE,
            SimFault.CUT,
            SimFault.GATEWAY_AFTER,
            SimFault.UNAVAILABLE,
            SimFault.BUSY,
            SimFault.UNAUTHORIZED,
            SimFault.DENIED,
            SimFault.GARBAGE);

    /** Faults of the controller other than a crash. */
    private static final Set<ControllerFaults.Act> TROUBLE = EnumSet.of(ControllerFaults.Act.ABORT);

    /** Fault at a point. */
    private record Line(int point, SimFault fault, ControllerFaults.Act act) {
        boolean isCrash() {
            return act == ControllerFaults.Act.CRASH;
        }

        @Override
        public String toString() {
            return point + ":" + (act == null ? fault.name() : act.name());
        }
    }

    private final List<Line> lines;

    /** Points that were met: true for a request. */
    private final List<Boolean> seen = new ArrayList<>();

    FaultScript() {
        this(List.of());
    }

    private FaultScript(List<Line> lines) {
        this.lines = lines;
    }

    Network.Faults faults() {
        return request -> {
            Line line = next(true);
            return line == null || line.fault() == null ? SimFault.NONE : line.fault();
        };
    }

    ControllerFaults havoc(World world) {
        return new ControllerFaults(world) {
            @Override
            Act after(boolean outside) {
                if (!outside) {
                    return Act.NONE;
                }
                Line line = next(false);
                return line == null || line.act() == null ? Act.NONE : line.act();
            }
        };
    }

    private Line next(boolean request) {
        int point = seen.size();
        seen.add(request);
        for (Line line : lines) {
            if (line.point() == point) {
                return line;
            }
        }
        return null;
    }

    /** Returns all scripts with one more fault, later than all in this one. Call it after this script was played. */
    List<FaultScript> further(int mostFaults, int mostCrashes) {
        List<FaultScript> further = new ArrayList<>();
        long crashes = lines.stream().filter(Line::isCrash).count();
        boolean mayCrash = crashes < mostCrashes;
        boolean mayFail = lines.size() - crashes < mostFaults;
        int first = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).point() + 1;
        for (int point = first; point < seen.size(); point++) {
            if (seen.get(point)) {
                if (mayFail) {
                    for (SimFault fault : FAULTS) {
                        further.add(with(new Line(point, fault, null)));
                    }
                }
            } else {
                if (mayCrash) {
                    further.add(with(new Line(point, null, ControllerFaults.Act.CRASH)));
                }
                if (mayFail) {
                    for (ControllerFaults.Act act : TROUBLE) {
                        further.add(with(new Line(point, null, act)));
                    }
                }
            }
        }
        return further;
    }

    private FaultScript with(Line line) {
        List<Line> more = new ArrayList<>(lines);
        more.add(line);
        return new FaultScript(more);
    }

    /** Returns the same script, not played yet. */
    FaultScript again() {
        return new FaultScript(lines);
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
