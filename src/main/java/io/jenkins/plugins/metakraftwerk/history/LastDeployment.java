package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;

/**
 * What was deployed last at a target.
 *
 * @param now with a record
 * @param previous the last one before it of another build; null where none is known
 */
public record LastDeployment(
        AttemptRecord now, @CheckForNull AttemptRecord previous) {}
