package io.jenkins.plugins.metakraftwerk.simulation;

/** By which looks are shared. */
record WatchKey(String account, String filter) {}
