package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a schedule is made of, before anything happens. Each schedule has a few kinds of trouble only, and much of them:
 * together they would hide one another.
 *
 * @param lie null where what can be believed is true
 * @param faults the kinds of trouble on the way
 * @param faultRate of requests that meet trouble
 * @param onlyDeployments whether no other requests than those for a deployment do, so that runs get that far
 * @param crashRate of moments at which the controller is killed; likewise the others
 * @param diskFails of moments at which what the runs share cannot be written or read for a while
 * @param powerFails of kills at which what was not forced to the disk is lost from some byte on
 * @param journalLines how many lines of what the runs share are worth keeping
 * @param serversChange of resumes at which the server is no longer configured
 * @param lookUpsFail of resumes at which the credential comes late, or never
 * @param timerFull of longer waits for which the timer has no room any more
 * @param logsIn whether runs log in, or have a token
 * @param style of the server
 * @param automatic whether the server deploys builds by itself
 * @param renames how often jobs are renamed, and deleted, meanwhile
 * @param restored whether the server's database goes back to what it was once
 * @param words of runs that ended unknown of which somebody says what became of them
 */
record Scenario(
        Lie lie,
        List<SimFault> faults,
        double faultRate,
        boolean onlyDeployments,
        double crashRate,
        double stopRate,
        double abortRate,
        double clockRate,
        double stuckRate,
        double tokenRate,
        double storeFails,
        double logFails,
        double diskFails,
        double powerFails,
        int journalLines,
        double serversChange,
        double lookUpsFail,
        double timerFull,
        boolean logsIn,
        ServerStyle style,
        boolean automatic,
        int people,
        int deletions,
        int renames,
        boolean restored,
        double words) {

    /** As many as the plugin keeps. */
    private static final int LINES = 10_000;

    /** Nothing goes wrong. */
    static Scenario calm(ServerStyle style, boolean automatic, boolean logsIn) {
        return calm(style, automatic, logsIn, LINES);
    }

    static Scenario calm(ServerStyle style, boolean automatic, boolean logsIn, int journalLines) {
        return new Scenario(
                null, List.of(), 0, false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, journalLines, 0, 0, 0, logsIn, style, automatic, 0, 0, 0,
                false, 0);
    }

    /** Whether nobody does anything beside the controller. */
    boolean isLonely() {
        boolean breaks = tokenRate + storeFails + logFails + diskFails + timerFull > 0;
        return lie == null && people + deletions + renames == 0 && !restored && !breaks;
    }

    static Scenario drawn(Chance chance, Lie lie) {
        if (lie == null && chance.happens(0.08)) {
            return calm(ServerStyle.drawn(chance, 0), chance.happens(0.3), chance.happens(0.3));
        }
        List<SimFault> faults = new ArrayList<>();
        for (SimFault fault : SimFault.TRUE) {
            if (chance.happens(0.35)) {
                faults.add(fault);
            }
        }
        if (lie != null && lie.fault != null) {
            // Often enough to matter, beside whatever else there is.
            faults.addAll(Collections.nCopies(1 + faults.size(), lie.fault));
        }
        ServerStyle style = ServerStyle.drawn(chance, lag(chance, lie));
        if (lie == Lie.NO_FILTERS) {
            style = style.withoutFilters();
        } else if (lie == Lie.GAPS) {
            style = style.withGaps();
        }
        return new Scenario(
                lie,
                faults,
                faults.isEmpty() ? 0.0 : chance.oneOf(0.0, 0.05, 0.2, 0.2, 0.5),
                chance.happens(0.3),
                chance.oneOf(0.0, 0.0, 0.01, 0.05),
                chance.oneOf(0.0, 0.0, 0.0, 0.01),
                chance.oneOf(0.0, 0.0, 0.01, 0.04),
                chance.oneOf(0.0, 0.0, 0.0, 0.02),
                chance.oneOf(0.0, 0.0, 0.0, 0.02),
                chance.oneOf(0.0, 0.0, 0.0, 0.01),
                chance.oneOf(0.0, 0.0, 0.0, 0.1),
                chance.oneOf(0.0, 0.0, 0.0, 0.1),
                chance.oneOf(0.0, 0.0, 0.0, 0.02),
                chance.oneOf(0.0, 0.5),
                chance.oneOf(LINES, LINES, 1, 3),
                chance.oneOf(0.0, 0.0, 0.3),
                chance.oneOf(0.0, 0.0, 0.3),
                chance.oneOf(0.0, 0.0, 0.0, 0.0, 0.0, 0.01),
                chance.happens(0.3),
                style,
                chance.happens(0.3),
                chance.below(3),
                // A list that is behind would show again what was deleted.
                style.lag() == 0 && chance.happens(0.2) ? chance.below(3) : 0,
                chance.happens(0.3) ? chance.below(4) : 0,
                // One that is behind would show what is no more.
                style.lag() == 0 && chance.happens(0.05),
                chance.oneOf(0.0, 0.0, 0.8));
    }

    private static long lag(Chance chance, Lie lie) {
        if (lie == Lie.LAG) {
            return chance.between(40, 200) * Scheduler.SECOND;
        }
        return chance.happens(0.7) ? 0 : chance.between(1, 15) * Scheduler.SECOND;
    }
}
