package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Database of a server. Ids grow. */
final class Database {

    private static final Comparator<SimRecord> RISING = Comparator.comparingLong(record -> record.id);
    private static final Comparator<SimRecord> MIXED =
            Comparator.comparingLong(record -> record.id * 0x9E3779B97F4A7C15L);

    final List<SimRecord> records = new ArrayList<>();
    final Map<Long, SimBuild> builds = new TreeMap<>();
    private static final long LONG_AGO = 60 * Scheduler.MINUTE;

    private final Chance chance;
    private final Scheduler scheduler;
    private long last;
    private boolean wasRestored;

    /** Records that a restore removed, newest first. */
    private final List<SimRecord> lost = new ArrayList<>();

    Database(Chance chance, Scheduler scheduler) {
        this.chance = chance;
        this.scheduler = scheduler;
        last = chance.between(0, 500);
    }

    SimRecord add(RequestedDeployment asked, Long agent, SimRequest cause, boolean automatic) {
        return add(asked, agent, cause, automatic, scheduler.now());
    }

    /** Adds a deployment of somebody from before the world began. */
    void addOld(RequestedDeployment asked, Long agent) {
        add(asked, agent, null, false, -LONG_AGO);
    }

    private SimRecord add(RequestedDeployment asked, Long agent, SimRequest cause, boolean automatic, long created) {
        last += chance.between(1, 3);
        SimRecord record = new SimRecord(
                last,
                asked.build(),
                asked.pattern(),
                asked.deployment(),
                agent,
                asked.group(),
                created,
                cause,
                automatic);
        records.add(record);
        return record;
    }

    /** Restores an earlier state. Later records are gone, and their ids are used again. */
    void restore(long moment) {
        wasRestored = true;
        for (SimRecord record : List.copyOf(records)) {
            if (record.created > moment) {
                records.remove(record);
                lost.add(0, record);
                last = Math.min(last, record.id - 1);
            } else if (record.deleted > moment) {
                record.deleted = Long.MAX_VALUE;
                record.cameBack = true;
            }
        }
    }

    boolean wasRestored() {
        return wasRestored;
    }

    /** Returns an unused id. */
    long unusedId() {
        return last + 1000;
    }

    /**
     * Returns the record with this id that a run has made, taken or may have meant. After a restore, several have had
     * the id.
     */
    SimRecord get(long id, SimRun of) {
        List<SimRecord> had = new ArrayList<>(records);
        had.addAll(lost);
        had.removeIf(record -> record.id != id);
        return had.stream()
                .filter(record -> record.cause != null && record.cause.sender == of)
                .findFirst()
                .or(() -> Optional.ofNullable(of.taken).filter(taken -> taken.id == id))
                .or(() -> had.stream().filter(of.job.asked()::fits).findFirst())
                .or(() -> had.stream().filter(of.job.asked()::isOfBuild).findFirst())
                .or(() -> had.stream().findFirst())
                .orElse(null);
    }

    List<SimRecord> at(long moment, Predicate<SimRecord> filter) {
        List<SimRecord> found = new ArrayList<>();
        for (SimRecord record : records) {
            if (record.isVisibleAt(moment) && filter.test(record)) {
                found.add(record);
            }
        }
        return found;
    }

    static List<SimRecord> ordered(List<SimRecord> records, ServerStyle.Order order) {
        records.sort(
                switch (order) {
                    case RISING -> RISING;
                    case FALLING -> RISING.reversed();
                    case MIXED -> MIXED;
                });
        return records;
    }
}
