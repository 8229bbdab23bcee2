package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the Jenkins builds of a schedule are: jobs are renamed, deleted, and made anew under a name that was there. */
final class BuildLocations {

    private final World world;

    /** By the id of a build; those whose job was deleted have none. */
    private final Map<String, BuildLocation> places = new TreeMap<>();

    private int names;

    /** Whether a job was changed in the present life of the controller, and in one that has ended, so that it may not know. */
    private boolean changed;

    private boolean perhapsForgotten;

    BuildLocations(World world) {
        this.world = world;
    }

    /** Who a step of a build is. */
    RunIdentity identity(String owner, String build, String job, int number) {
        places.putIfAbsent(build, new BuildLocation(job, number, job + " #" + number));
        return new RunIdentity(owner, build, () -> places.getOrDefault(build, new BuildLocation(null, number, null)));
    }

    /** Somebody changes what one of the jobs is called. */
    void rename() {
        List<String> jobs = jobs();
        if (!jobs.isEmpty() && world.controller.isUp()) {
            String old = world.chance.oneOf(jobs);
            String now = "renamed-" + ++names;
            world.trace.line(() -> "   job " + old + " is called " + now);
            places.replaceAll((build, place) -> old.equals(place.job())
                    ? new BuildLocation(now, place.number(), now + " #" + place.number())
                    : place);
            changed = true;
            world.controller.ledger().moved(old, now);
        }
    }

    /** Somebody deletes a job whose builds are over; one of that name may begin with the same numbers, and the same steps. */
    void delete() {
        List<String> idle = jobs().stream().filter(this::isIdle).toList();
        if (idle.isEmpty() || !world.controller.isUp()) {
            return;
        }
        String job = world.chance.oneOf(idle);
        world.trace.line(() -> "   job " + job + " is deleted");
        List<SimRun> gone = runs(job);
        places.values().removeIf(place -> place.job().equals(job));
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

    /** The controller is gone, and perhaps what it had to note of a change. */
    void forget() {
        perhapsForgotten |= changed;
        changed = false;
    }

    private List<String> jobs() {
        return places.values().stream().map(BuildLocation::job).distinct().toList();
    }

    private List<SimRun> runs(String job) {
        List<SimRun> runs = new ArrayList<>();
        for (SimRun run : world.controller.runs) {
            BuildLocation place = places.get(run.who.build());
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

    /** Whether its build is about to. */
    private boolean isTriedAgain(SimRun run) {
        return run.triedAgain
                && world.controller.runs.stream().noneMatch(other -> other.owner.equals(run.owner + "'"));
    }

    /** What a build is called that somebody asks for by its place; as Jenkins does, by its job's name and its number. */
    Optional<String> nameOf(SimRun asks, BuildLocation place) {
        for (Map.Entry<String, BuildLocation> one : places.entrySet()) {
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

    /** It is noted before it is said. */
    private static boolean mayHaveEndedUnknown(SimRun run) {
        return run.endedUnknown || run.missed || !run.posts.isEmpty() || run.lives > 1 || run.job.skips();
    }

    /** Whoever is named has ended unknown. */
    private void check(SimRun asks, String build, BuildLocation place) {
        boolean has = world.controller.runs.stream()
                .anyMatch(run -> run.who.build().equals(build) && mayHaveEndedUnknown(run));
        if (!perhapsForgotten && !has) {
            world.witness.violation("x", asks + " names " + place + ", which is another build than the one it means");
        }
    }
}
