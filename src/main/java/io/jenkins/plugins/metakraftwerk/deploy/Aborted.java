package io.jenkins.plugins.metakraftwerk.deploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.Text;

/**
 * What a run leaves behind that was aborted.
 *
 * @param result the deployment that it created, as far as could be found out; otherwise null
 */
public record Aborted(Text text, @CheckForNull DeploymentResult result) {

    static Aborted without(Text text) {
        return new Aborted(text, null);
    }

    static Aborted with(DeploymentResult result) {
        return new Aborted(Text.of("abort.created", result.record().id()), result);
    }
}
