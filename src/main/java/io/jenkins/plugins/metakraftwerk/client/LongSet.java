package io.jenkins.plugins.metakraftwerk.client;

/**
 * Positive numbers, each once. A tenth of the memory that a set of objects takes; the seed keeps a server from choosing
 * ids that make it slow.
 */
final class LongSet {

    private final long seed;
    private long[] slots = new long[16];
    private int size;

    LongSet(long seed) {
        this.seed = seed;
    }

    /** Whether the number was not there yet. */
    boolean add(long number) {
        if (!put(number)) {
            return false;
        }
        if (++size > slots.length / 2) {
            long[] all = slots;
            slots = new long[2 * all.length];
            for (long old : all) {
                if (old != 0) {
                    put(old);
                }
            }
        }
        return true;
    }

    private boolean put(long number) {
        int slot = (int) mix(number ^ seed) & (slots.length - 1);
        while (slots[slot] != 0) {
            if (slots[slot] == number) {
                return false;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = number;
        return true;
    }

    /** Spreads numbers: each bit of the result depends on all bits of the number (the finalizer of SplitMix64). */
    static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
