package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;

/**
 * Ids as scripts give them: numbers or texts. The steps take them as {@code Object}, since a Declarative Pipeline refuses
 * a number where a step says that it takes a text, and a text where it says that it takes a number.
 */
final class Ids {

    private Ids() {}

    @CheckForNull
    static String text(@CheckForNull Object id) {
        return id == null ? null : Util.fixEmptyAndTrim(id.toString());
    }
}
