package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Says for each point of a schedule at which something may go wrong what does. A point is a request that is sent, or a
 * moment at which the world has changed so that a crash now is another one than a crash before.
 */
final class Script {

    /** Those that stand for all others. */
    static final List<Fault> FAULTS = List.of(
            Fault.NOT_CONNECTED,
            Fault.LOST_BEFORE,
            Fault.LOST_AFTER,
            Fault.SILENT_AFTER,
            Fault.LATE,
            Fault.CUT,
            Fault.GATEWAY_AFTER,
            Fault.UNAVAILABLE,
            Fault.BUSY,
            Fault.UNAUTHORIZED,
            Fault.DENIED,
            Fault.GARBAGE);

    /** What can befall the controller, beside a crash. */
    private static final Set<Havoc.Act> TROUBLE = EnumSet.of(Havoc.Act.ABORT);

    /** One thing that goes wrong at a point. */
    private record Line(int point, Fault fault, Havoc.Act act) {
        boolean isCrash() {
            return act == Havoc.Act.CRASH;
        }

        @Override
        public String toString() {
            return point + ":" + (act == null ? fault.name() : act.name());
        }
    }

    private final List<Line> lines;

    /** By point, whether it is a request. */
    private final List<Boolean> seen = new ArrayList<>();

    Script() {
        this(List.of());
    }

    private Script(List<Line> lines) {
        this.lines = lines;
    }

    Network.Faults faults() {
        return request -> {
            Line line = next(true);
            return line == null || line.fault() == null ? Fault.NONE : line.fault();
        };
    }

    Havoc havoc(World world) {
        return new Havoc(world) {
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

    /** After this script was played: all scripts with one more thing that goes wrong, later than all in this one. */
    List<Script> further(int mostFaults, int mostCrashes) {
        List<Script> further = new ArrayList<>();
        long crashes = lines.stream().filter(Line::isCrash).count();
        boolean mayCrash = crashes < mostCrashes;
        boolean mayFail = lines.size() - crashes < mostFaults;
        int first = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).point() + 1;
        for (int point = first; point < seen.size(); point++) {
            if (seen.get(point)) {
                if (mayFail) {
                    for (Fault fault : FAULTS) {
                        further.add(with(new Line(point, fault, null)));
                    }
                }
            } else {
                if (mayCrash) {
                    further.add(with(new Line(point, null, Havoc.Act.CRASH)));
                }
                if (mayFail) {
                    for (Havoc.Act act : TROUBLE) {
                        further.add(with(new Line(point, null, act)));
                    }
                }
            }
        }
        return further;
    }

    private Script with(Line line) {
        List<Line> more = new ArrayList<>(lines);
        more.add(line);
        return new Script(more);
    }

    /** The same, not played yet. */
    Script again() {
        return new Script(lines);
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
