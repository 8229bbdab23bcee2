package io.jenkins.plugins.metakraftwerk.server;

/**
 * Default that a folder sets for jobs in it: the name of a server, or the id of a credential for a server.
 *
 * @param folder the full name of the folder
 */
record FolderDefault(String folder, String value) {}
