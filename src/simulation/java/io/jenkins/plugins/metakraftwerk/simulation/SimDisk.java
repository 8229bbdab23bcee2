package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.SECOND;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.store.JournalFile;
import io.jenkins.plugins.metakraftwerk.deploy.WrittenStates;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk.Op;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** Where a controller keeps what its runs share: it outlives it, and fails in its own way. */
final class SimDisk {

    private static final Path LEDGER = Path.of("ledger");

    /** The plugin's, before it tries again, with what it takes to write. */
    private static final long LONGEST_PAUSE = 35 * SECOND;

    private final World world;
    private final MemoryDisk files = new MemoryDisk();
    private long troubleUntil;

    SimDisk(World world) {
        this.world = world;
    }

    JournalFile journal() {
        return new JournalFile(files, LEDGER);
    }

    /** From now on, for a while, which may be longer than the controller is there. */
    void fails() {
        Chance chance = world.chance;
        long seconds = chance.oneOf(chance.between(1, 10), chance.between(1, 150));
        if (chance.happens(0.4)) {
            isFull(chance.below(300), seconds);
        } else if (chance.happens(0.5)) {
            fails(seconds, Op.values());
        } else {
            fails(seconds, chance.oneOf(Op.values()), chance.oneOf(Op.values()));
        }
    }

    /** For so long, there is room for so many bytes. */
    void isFull(long room, long seconds) {
        world.trace.line(() -> "== the disk has room for " + room + " bytes for " + seconds + " s");
        files.room(room);
        worksAfter(seconds);
    }

    void fails(long seconds, Op... ops) {
        world.trace.line(() -> "== the disk fails to " + Arrays.toString(ops) + " for " + seconds + " s");
        files.fail(ops);
        worksAfter(seconds);
    }

    private void worksAfter(long seconds) {
        troubleUntil = Math.max(troubleUntil, world.scheduler.now() + seconds * SECOND + LONGEST_PAUSE);
        world.scheduler.after(seconds * SECOND, null, () -> {
            world.trace.line(() -> "== the disk works");
            files.fail();
            files.room(Long.MAX_VALUE);
        });
    }

    /** Whether it fails, or so short a while ago that what could not be written is still to be tried again. */
    boolean isInTrouble() {
        return world.scheduler.now() < troubleUntil;
    }

    /** What was not forced is cut off at any byte. */
    void losePower() {
        files.losePower(bytes -> world.chance.below((int) bytes + 1));
    }

    /** What was not forced is lost after the line that says whose the record of a run is. */
    void losePowerAfterClaim(SimRun run) {
        int forced = files.forcedText(LEDGER).length();
        String rest = files.text(LEDGER).substring(forced);
        int end = 0;
        for (String line : rest.lines().toList()) {
            end += line.length() + 1;
            if (isClaim(line, run)) {
                int kept = end;
                files.losePower(bytes -> kept);
                return;
            }
        }
        throw new AssertionError("It is not written, or certain already:\n" + rest);
    }

    /** Whether it is written whose the record of a run is, perhaps not for certain. */
    boolean hasWrittenClaim(SimRun run) {
        return whole(files.text(LEDGER)).lines().anyMatch(line -> isClaim(line, run));
    }

    /** Whether there is a claim of a run, which a loss of power would leave there. */
    boolean hasClaim(SimRun run) {
        return has(line -> isClaim(line, run));
    }

    boolean hasClaim(SimRun run, long record) {
        return has(line -> isClaim(line, run) && line.contains("\"record\":{\"id\":" + record + ","));
    }

    /** Whether it would be known after a loss of power that a run had a place among those that wait for their turn. */
    boolean hasPlace(SimRun run) {
        return forced()
                .lines()
                .filter(line -> isOf(line, run))
                .filter(line -> line.contains("\"QUEUED\"") || line.contains("\"LEFT\""))
                .reduce((before, last) -> last)
                .filter(line -> line.contains("\"QUEUED\""))
                .isPresent();
    }

    private static boolean isOf(String line, SimRun run) {
        return line.contains("\"run\":\"" + run.owner + '"');
    }

    private static boolean isClaim(String line, SimRun run) {
        return line.contains("\"CLAIMED\"") && isOf(line, run);
    }

    /** Whether it would be known after a loss of power that a run had ended unknown, perhaps with what became of it. */
    boolean hasAttempt(SimRun run) {
        String owner = '"' + run.owner + '"';
        // Who has sent nothing ends unknown for the sake of an earlier attempt of its build, or of one that it waited for.
        String build = '"' + run.who.build() + '"';
        boolean forAnother = run.posts.isEmpty() || run.outcome.mentions("earlier.stillUnknown");
        return has(line -> line.contains("\"UNKNOWN\"")
                && (line.contains(owner) || (forAnother && line.contains(build))));
    }

    /** Whether it would be known after a loss of power that this run itself had ended unknown. */
    boolean saysUnknown(SimRun run) {
        return has(line -> line.contains("\"UNKNOWN\"") && isOf(line, run));
    }

    /** How far a run would have come for all that would be known after a loss of power. */
    Optional<DeploymentState> stateOf(SimRun run) {
        return WrittenStates.find(run.owner, forced());
    }

    /** Somebody puts aside what the controller has noted, while it is down. */
    void loseLedger() {
        world.trace.line(() -> "== the ledger is gone");
        files.put(LEDGER, "");
    }

    boolean saysDone(SimRun run) {
        return stateOf(run).stream().anyMatch(state -> state.phase() == Phase.DONE);
    }

    boolean saysSending(SimRun run) {
        return stateOf(run).stream().anyMatch(state -> state.phase() == Phase.SENDING);
    }

    /** How far it has come for all that the next controller will read. */
    Optional<DeploymentState> leftOf(SimRun run) {
        return WrittenStates.find(run.owner, whole(files.text(LEDGER)));
    }

    private boolean has(Predicate<String> line) {
        return forced().lines().anyMatch(line);
    }

    private String forced() {
        return whole(files.forcedText(LEDGER));
    }

    private static String whole(String text) {
        // What is after the last of them is no line.
        return text == null ? "" : text.substring(0, text.lastIndexOf('\n') + 1);
    }
}
