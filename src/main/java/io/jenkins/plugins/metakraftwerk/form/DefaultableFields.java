package io.jenkins.plugins.metakraftwerk.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.metakraftwerk.server.TextLengthCheck;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Fields that mean a default if they are left out. If a script gives an empty one, such as a variable that nobody has
 * set, the default could be another server or credential than was meant. So an empty one is refused.
 */
@Restricted(NoExternalUse.class)
public final class DefaultableFields {

    private static final String SERVER = "server";
    private static final String CREDENTIAL = "credentialsId";
    private static final Set<String> NAMES = Set.of(SERVER, CREDENTIAL);

    /**
     * Stands for an empty field until the step runs. An exception in the setter would show a stack trace to the author
     * of the script.
     */
    private static final String EMPTY = "";

    private DefaultableFields() {}

    public static boolean isOne(String name) {
        return NAMES.contains(name);
    }

    /** Returns the arguments of a script, in which a null counts as an empty field and not as a missing one. */
    public static Map<String, Object> given(Map<String, Object> arguments) {
        Map<String, Object> marked = new LinkedHashMap<>(arguments);
        marked.replaceAll((name, value) -> value == null && isOne(name) ? EMPTY : value);
        return marked;
    }

    /**
     * Returns the value to store; null for the default.
     *
     * @throws IllegalArgumentException if the value is too long
     */
    @CheckForNull
    public static String kept(String name, @CheckForNull String value) {
        String whole = TextLengthCheck.notLong(name, value);
        return whole == null ? null : whole.strip();
    }

    /** @throws AbortException if one of the two was given and is empty */
    public static void require(@CheckForNull String server, @CheckForNull String credentialsId) throws AbortException {
        refuseIfEmpty(SERVER, server);
        refuseIfEmpty(CREDENTIAL, credentialsId);
    }

    private static void refuseIfEmpty(String name, @CheckForNull String kept) throws AbortException {
        if (kept != null && Util.fixEmptyAndTrim(kept) == null) {
            throw new AbortException(empty(name));
        }
    }

    public static String empty(String name) {
        return Messages.field_empty(name);
    }
}
