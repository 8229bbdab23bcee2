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
 * The fields that mean a default where they are left out. Where a script gives one that is empty, as a variable may be that
 * nobody has set, the default would silently be another server or credential than was meant.
 */
@Restricted(NoExternalUse.class)
public final class DefaultableFields {

    private static final String SERVER = "server";
    private static final String CREDENTIAL = "credentialsId";
    private static final Set<String> NAMES = Set.of(SERVER, CREDENTIAL);

    /** What is kept of one that is empty, since an exception would be a stack trace to whoever wrote the script. */
    private static final String EMPTY = "";

    private DefaultableFields() {}

    public static boolean isOne(String name) {
        return NAMES.contains(name);
    }

    /** What a script gave, where a null is not the same as nothing. */
    public static Map<String, Object> given(Map<String, Object> arguments) {
        Map<String, Object> marked = new LinkedHashMap<>(arguments);
        marked.replaceAll((name, value) -> value == null && isOne(name) ? EMPTY : value);
        return marked;
    }

    /**
     * As it is kept: null for the default.
     *
     * @throws IllegalArgumentException if it is too long
     */
    @CheckForNull
    public static String kept(String name, @CheckForNull String given) {
        String whole = TextLengthCheck.notLong(name, given);
        return whole == null ? null : whole.strip();
    }

    /** @throws AbortException if one of them was given, and is empty */
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
