package io.jenkins.plugins.metakraftwerk.form;

import hudson.Util;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Finds build variables in a text as {@link Util#replaceMacro} reads them: {@code $NAME}, <code>${NAME}</code>, and
 * {@code $$} for a dollar sign. That method leaves unknown variables in the text and does not report them; this class
 * does.
 */
@Restricted(NoExternalUse.class)
public final class Macros {

    /** The last alternative only looks like a variable. No name on the server is meant by it. */
    private static final Pattern MACRO =
            Pattern.compile("\\$(?:(?<plain>[A-Za-z0-9_]+)|\\{(?<braced>[A-Za-z0-9_.]+)}|\\$|(?<broken>\\{))");

    private Macros() {}

    /** Returns the names of the variables in a text; <code>${</code> for one whose name cannot be read. */
    public static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher macros = MACRO.matcher(text);
        while (macros.find()) {
            if (macros.group("plain") != null) {
                names.add(macros.group("plain"));
            } else if (macros.group("braced") != null) {
                names.add(macros.group("braced"));
            } else if (macros.group("broken") != null) {
                names.add("${");
            }
        }
        return names;
    }

    public static boolean hasVariable(String text) {
        return !names(text).isEmpty();
    }

    /** Returns the text that a text without variables stands for. */
    static String literal(String text) {
        return Util.replaceMacro(text, name -> null);
    }

    /** Returns the text that stands for a name with any characters. */
    static String escape(String name) {
        return name.replace("$", "$$");
    }
}
