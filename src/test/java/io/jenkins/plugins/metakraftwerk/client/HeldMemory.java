package io.jenkins.plugins.metakraftwerk.client;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The bytes of the heap that cannot be collected, as the collector itself counted them at the end of a collection. */
final class HeldMemory {

    private static final List<String> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .toList();

    private HeldMemory() {}

    /** Collects, and tells what was left; what is allocated since then does not count. */
    static long now() {
        System.gc();
        var pools = ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparing(GcInfo::getEndTime))
                .orElseThrow()
                .getMemoryUsageAfterGc();
        return HEAP.stream().mapToLong(pool -> pools.get(pool).getUsed()).sum();
    }

    /** The most that was held, at any look, from now until this has ended, its result included. */
    static long until(CompletableFuture<?> end) {
        long most = now();
        while (!isOver(end)) {
            most = Math.max(most, now());
        }
        return Math.max(most, now());
    }

    /** Leaves the processor to others between two looks. */
    private static boolean isOver(CompletableFuture<?> end) {
        try {
            end.handle((value, failure) -> value).get(20, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
