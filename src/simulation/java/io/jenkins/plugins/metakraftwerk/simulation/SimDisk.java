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

/** Disk with the shared files of a controller. It outlives the controller and fails in its own way. */
final class SimDisk {

    private static final Path LEDGER = Path.of("ledger");

    /** Longest pause of the plugin before it tries again, with the time to write. */
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

    /** Makes the disk fail for a while, perhaps longer than the controller lives. */
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

    /** Leaves room for this many bytes, for this long. */
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

    /** Returns true if it fails, or has failed so lately that the plugin has still to write again. */
    boolean isInTrouble() {
        return world.scheduler.now() < troubleUntil;
    }

    /** Cuts off data that was not forced, at any byte. */
    void losePower() {
        files.losePower(bytes -> world.chance.below((int) bytes + 1));
    }

    /** Drops data that was not forced after the line that claims the record of a run. */
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

    /** Returns true if the claim of a run is written, perhaps not forced. */
    boolean hasWrittenClaim(SimRun run) {
        return whole(files.text(LEDGER)).lines().anyMatch(line -> isClaim(line, run));
    }

    /** Returns true if the claim of a run would survive a loss of power. */
    boolean hasClaim(SimRun run) {
        return has(line -> isClaim(line, run));
    }

    boolean hasClaim(SimRun run, long record) {
        return has(line -> isClaim(line, run) && line.contains("\"record\":{\"id\":" + record + ","));
    }

    /** Returns true if the place of a run in the queue for its turn would survive a loss of power. */
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

    /** Returns true if the unknown outcome of a run, perhaps with its settlement, would survive a loss of power. */
    boolean hasAttempt(SimRun run) {
        String owner = '"' + run.owner + '"';
        // A run that has sent nothing ends unknown because of an earlier attempt of its build, or of one that it waited
        // for.
        String build = '"' + run.who.build() + '"';
        boolean forAnother = run.posts.isEmpty() || run.outcome.mentions("earlier.stillUnknown");
        return has(line -> line.contains("\"UNKNOWN\"")
                && (line.contains(owner) || (forAnother && line.contains(build))));
    }

    /** Returns true if the unknown outcome of this run itself would survive a loss of power. */
    boolean saysUnknown(SimRun run) {
        return has(line -> line.contains("\"UNKNOWN\"") && isOf(line, run));
    }

    /** Returns the state of a run that would survive a loss of power. */
    Optional<DeploymentState> stateOf(SimRun run) {
        return WrittenStates.find(run.owner, forced());
    }

    /** Removes the ledger while the controller is down. */
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

    /** Returns the state of a run that the next controller will read. */
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
        // Text after the last line end is no line.
        return text == null ? "" : text.substring(0, text.lastIndexOf('\n') + 1);
    }
}
