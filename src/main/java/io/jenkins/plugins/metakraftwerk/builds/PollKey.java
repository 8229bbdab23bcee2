package io.jenkins.plugins.metakraftwerk.builds;

import io.jenkins.plugins.metakraftwerk.client.BuildFilter;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;

/**
 * What is the same for jobs that would see the same.
 *
 * @param client stands for server and credential
 */
record PollKey(MetaKraftwerkClient client, BuildFilter filter) {}
