package io.jenkins.plugins.metakraftwerk.server;

/** What tests have to know of the plugin's threads. */
public final class PluginThreads {

    /** How many do what may block. */
    public static final int MOST_BLOCKED = Threads.MOST_BLOCKED;

    /** How they are called. */
    public static final String WORK = "MetaKraftwerk work ";

    private PluginThreads() {}
}
