package io.jenkins.plugins.metakraftwerk.builds;

import io.jenkins.plugins.metakraftwerk.client.BuildFilter;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;

/**
 * Key of a poll that several jobs can share.
 *
 * @param client the client of one server with one credential
 */
record PollKey(MetaKraftwerkClient client, BuildFilter filter) {}
