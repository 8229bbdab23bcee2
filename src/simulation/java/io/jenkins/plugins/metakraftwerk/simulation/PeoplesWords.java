package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.MINUTE;
import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.SECOND;

import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.List;
import java.util.Optional;

/** People who settle runs that ended unknown. They mostly say the truth, and sometimes what may be true. */
final class PeoplesWords {

    private final World world;
    private final Chance chance;

    PeoplesWords(World world) {
        this.world = world;
        chance = world.chance;
    }

    /** Called when everybody can see how a run ended. */
    void shown(SimRun run) {
        if (run.outcome.isUnknown() && chance.happens(world.scenario.words())) {
            world.scheduler.after(chance.between(0, chance.oneOf(SECOND, MINUTE, 6 * MINUTE)), null, () -> say(run));
        }
    }

    private void say(SimRun run) {
        List<SimRecord> itsOwn = there(run).stream()
                .filter(record -> record.cause != null && record.cause.sender == run)
                .toList();
        List<SimRecord> choice = itsOwn.isEmpty() || chance.happens(0.4) ? there(run) : itsOwn;
        boolean isThere = !choice.isEmpty() && chance.happens(0.7);
        say(run, isThere ? chance.oneOf(choice) : null);
    }

    /** Returns the records that may be its own by all that the server shows. */
    private List<SimRecord> there(SimRun run) {
        return world.server(World.HOST).database.at(world.scheduler.now(), run.job.asked()::fits);
    }

    /**
     * Returns why this cannot be said. Empty if it counts, or nobody could say it now.
     *
     * @param record null if there is none
     */
    Optional<Text> say(SimRun run, SimRecord record) {
        if (!isShownUnknown(run)) {
            return Optional.empty();
        }
        SaidOutcome said = new SaidOutcome(record, world.scheduler.now());
        Optional<Text> refusal = world.controller.launcher().say(run, said);
        world.trace.line(() -> "   somebody says of " + run + ": " + said
                + refusal.map(why -> ", which is refused: " + why).orElse(""));
        if (refusal.isEmpty()) {
            run.said = said;
            world.havoc.change();
        }
        return refusal;
    }

    private boolean isShownUnknown(SimRun run) {
        return world.controller.isUp()
                && run.outcome != null
                && run.outcome.isUnknown()
                && run.late.isEmpty()
                && run.foundLater == null
                && run.said == null;
    }
}
