package io.jenkins.plugins.metakraftwerk.server;

import io.jenkins.plugins.metakraftwerk.store.Disk;
import io.jenkins.plugins.metakraftwerk.store.LocalDisk;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The disk on which all files of this plugin are. */
@Restricted(NoExternalUse.class)
public final class CurrentDisk {

    private static volatile Disk disk = new LocalDisk();

    private CurrentDisk() {}

    /** May be kept by whoever asks. */
    public static Disk disk() {
        return disk;
    }

    /** For tests, whose disks fail; answers what it was before. */
    static Disk replace(Disk other) {
        Disk before = disk;
        disk = other;
        return before;
    }
}
