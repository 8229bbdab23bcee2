package io.jenkins.plugins.metakraftwerk.simulation;

/** Key of a poll that jobs can share. */
record WatchKey(String account, String filter) {}
