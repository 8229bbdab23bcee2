package io.jenkins.plugins.metakraftwerk.server;

/**
 * What a folder says for the jobs in it that say nothing: a server's name, or the id of a credential for one.
 *
 * @param folder its full name
 */
record FolderDefault(String folder, String value) {}
