package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;

/**
 * Last deployment at a target.
 *
 * @param now the attempt that is there; it has a record
 * @param previous the last attempt before it that brought another build; null if none is known
 */
public record LastDeployment(
        AttemptRecord now, @CheckForNull AttemptRecord previous) {}
