package io.jenkins.plugins.metakraftwerk.deploy;

/**
 * Who runs.
 *
 * @param owner identifies the run in what is kept, also after a restart; one line of text
 * @param build identifies the Jenkins build that it is part of
 * @param buildName how people call that build, for example 'app #41'
 */
public record RunIdentity(String owner, String build, String buildName) {}
