package io.jenkins.plugins.metakraftwerk.server;

import io.jenkins.plugins.metakraftwerk.store.Disk;
import io.jenkins.plugins.metakraftwerk.store.LocalDisk;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Disk on which this plugin keeps all its files. */
@Restricted(NoExternalUse.class)
public final class CurrentDisk {

    private static volatile Disk disk = new LocalDisk();

    private CurrentDisk() {}

    /** Returns the disk. A caller may keep it. */
    public static Disk disk() {
        return disk;
    }

    /** Replaces the disk in tests with one that can fail. Returns the previous one. */
    static Disk replace(Disk other) {
        Disk before = disk;
        disk = other;
        return before;
    }
}
