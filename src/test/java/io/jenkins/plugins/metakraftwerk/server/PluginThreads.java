package io.jenkins.plugins.metakraftwerk.server;

import java.time.Duration;

/** What tests have to know of the plugin's threads. */
public final class PluginThreads {

    /** How many do what may block. */
    public static final int MOST_BLOCKED = Threads.MOST_BLOCKED;

    /** How much may wait for these before nothing new begins, and before nothing is taken at all. */
    public static final int MOST_BEFORE_NEW_WORK = Threads.MOST_BEFORE_NEW_WORK;

    public static final int MOST_WAITING = Threads.MOST_WAITING;

    /** Until what was refused is tried again. */
    public static final Duration AGAIN = Threads.AGAIN;

    /** How they are called. */
    public static final String WORK = "MetaKraftwerk work ";

    private PluginThreads() {}
}
