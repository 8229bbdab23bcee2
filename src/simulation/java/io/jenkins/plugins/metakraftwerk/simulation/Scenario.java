package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Settings of a schedule, before anything happens. Each schedule has few kinds of trouble and much of each: too many
 * kinds would hide one another.
 *
 * @param lie null if all that a run must believe is true
 * @param faults kinds of trouble on the way
 * @param faultRate share of requests that meet trouble
 * @param onlyDeployments true if only requests for a deployment meet trouble, so that runs get that far
 * @param crashRate share of moments at which the controller is killed; the other rates in the same way
 * @param diskFails share of moments at which shared files cannot be written or read for a while
 * @param powerFails share of kills at which data that was not forced to the disk is lost from some byte on
 * @param journalLines number of shared lines that are worth keeping
 * @param serversChange share of resumes at which the server is no longer configured
 * @param lookUpsFail share of resumes at which the credential comes late, or never
 * @param timerFull share of longer waits that the timer refuses
 * @param logsIn true if runs log in, false if they have a token
 * @param style style of the server
 * @param automatic true if the server deploys builds by itself
 * @param renames how often jobs are renamed and deleted meanwhile
 * @param restored true if the database of the server is restored once
 * @param words share of runs with unknown outcome that somebody settles
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

    /** Number of lines that the plugin keeps. */
    private static final int LINES = 10_000;

    /** Returns a scenario without trouble. */
    static Scenario calm(ServerStyle style, boolean automatic, boolean logsIn) {
        return calm(style, automatic, logsIn, LINES);
    }

    static Scenario calm(ServerStyle style, boolean automatic, boolean logsIn, int journalLines) {
        return new Scenario(
                null, List.of(), 0, false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, journalLines, 0, 0, 0, logsIn, style, automatic, 0, 0, 0,
                false, 0);
    }

    /** Returns true if nobody but the controller does anything. */
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
            // Often enough to matter beside other faults.
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
                // A list that lags would still show deleted records.
                style.lag() == 0 && chance.happens(0.2) ? chance.below(3) : 0,
                chance.happens(0.3) ? chance.below(4) : 0,
                // A list that lags would still show lost records.
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
