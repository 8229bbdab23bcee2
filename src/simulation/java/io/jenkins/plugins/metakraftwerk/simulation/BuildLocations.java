package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Locations of the Jenkins builds of a schedule. Jobs are renamed, deleted, and created again under an old name. */
final class BuildLocations {

    private final World world;

    /** Locations by the id of the build. A build whose job was deleted has none. */
    private final Map<String, BuildLocation> locations = new TreeMap<>();

    private int names;

    /**
     * True if a job was changed in this life of the controller. The next field: in an earlier life, so that the
     * controller may not know.
     */
    private boolean changed;

    private boolean perhapsForgotten;

    BuildLocations(World world) {
        this.world = world;
    }

    /** Returns the identity of a step of a build. */
    RunIdentity identity(String owner, String build, String job, int number) {
        locations.putIfAbsent(build, new BuildLocation(job, number, job + " #" + number));
        return new RunIdentity(
                owner, build, () -> locations.getOrDefault(build, new BuildLocation(null, number, null)));
    }

    /** Renames one of the jobs. */
    void rename() {
        List<String> jobs = jobs();
        if (!jobs.isEmpty() && world.controller.isUp()) {
            String old = world.chance.oneOf(jobs);
            String now = "renamed-" + ++names;
            world.trace.line(() -> "   job " + old + " is called " + now);
            locations.replaceAll((build, place) -> old.equals(place.job())
                    ? new BuildLocation(now, place.number(), now + " #" + place.number())
                    : place);
            changed = true;
            world.controller.ledger().moved(old, now);
        }
    }

    /** Deletes a job whose builds are over. A new job of that name may use the same numbers and steps. */
    void delete() {
        List<String> idle = jobs().stream().filter(this::isIdle).toList();
        if (idle.isEmpty() || !world.controller.isUp()) {
            return;
        }
        String job = world.chance.oneOf(idle);
        world.trace.line(() -> "   job " + job + " is deleted");
        List<SimRun> gone = runs(job);
        locations.values().removeIf(place -> place.job().equals(job));
        changed = true;
        world.controller.ledger().moved(job, null);
        if (world.chance.happens(0.7)) {
            SimRun old = world.chance.oneOf(gone);
            String build = old.who.build() + "-anew-" + ++names;
            RunIdentity who = identity(build + "/1", build, job, 1 + world.chance.below(2));
            world.scheduler.after(
                    world.chance.between(0, Scheduler.MINUTE),
                    null,
                    () -> world.controller.add(new SimRun(who.owner(), old.job, who, 0)));
        }
    }

    /** Drops what the controller may not have noted about a change. */
    void forget() {
        perhapsForgotten |= changed;
        changed = false;
    }

    private List<String> jobs() {
        return locations.values().stream().map(BuildLocation::job).distinct().toList();
    }

    private List<SimRun> runs(String job) {
        List<SimRun> runs = new ArrayList<>();
        for (SimRun run : world.controller.runs) {
            BuildLocation place = locations.get(run.who.build());
            if (place != null && place.job().equals(job)) {
                runs.add(run);
            }
        }
        return runs;
    }

    private boolean isIdle(String job) {
        List<SimRun> runs = runs(job);
        return !runs.isEmpty() && runs.stream().allMatch(run -> run.isOver() && !isTriedAgain(run));
    }

    /** Returns true if its build is about to try again. */
    private boolean isTriedAgain(SimRun run) {
        return run.triedAgain
                && world.controller.runs.stream().noneMatch(other -> other.owner.equals(run.owner + "'"));
    }

    /** Returns the build at a location. Finds it by job name and number, as Jenkins does. */
    Optional<String> nameOf(SimRun asks, BuildLocation place) {
        for (Map.Entry<String, BuildLocation> one : locations.entrySet()) {
            boolean isThere = one.getValue().job().equals(place.job()) && one.getValue().number() == place.number();
            if (isThere) {
                check(asks, one.getKey(), place);
                return Optional.of(one.getValue().buildName());
            }
        }
        if (place.job() != null && !perhapsForgotten) {
            world.witness.violation("x", asks + " does not find " + place + ", which is called otherwise now, or is no more");
        }
        return Optional.empty();
    }

    /** Returns true if it may have ended unknown, which is noted before it is said. */
    private static boolean mayHaveEndedUnknown(SimRun run) {
        return run.endedUnknown || run.missed || !run.posts.isEmpty() || run.lives > 1 || run.job.skips();
    }

    /** Checks that the named build has ended unknown. */
    private void check(SimRun asks, String build, BuildLocation place) {
        boolean has = world.controller.runs.stream()
                .anyMatch(run -> run.who.build().equals(build) && mayHaveEndedUnknown(run));
        if (!perhapsForgotten && !has) {
            world.witness.violation("x", asks + " names " + place + ", which is another build than the one it means");
        }
    }
}
