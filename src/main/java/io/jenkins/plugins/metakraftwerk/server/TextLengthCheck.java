package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.client.FieldLimits;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Refuses what is longer than its field takes: where it is typed, and, since a stored one must load, where it is used. For
 * setters that Jenkins does not call when it loads.
 */
@Restricted(NoExternalUse.class)
public final class TextLengthCheck {

    private TextLengthCheck() {}

    /**
     * The text without blanks around it; null where that leaves nothing.
     *
     * @throws IllegalArgumentException if it is too long
     */
    @CheckForNull
    public static String kept(String field, @CheckForNull String typed) {
        return Util.fixEmptyAndTrim(notLong(field, typed));
    }

    /**
     * The text as it is.
     *
     * @throws IllegalArgumentException if it is too long
     */
    @CheckForNull
    public static String notLong(String field, @CheckForNull String typed) {
        complaint(field, typed).ifPresent(message -> {
            throw new IllegalArgumentException(message);
        });
        return typed;
    }

    /** @throws AbortException if it is too long */
    public static void require(String field, @CheckForNull String used) throws AbortException {
        Optional<String> complaint = complaint(field, used);
        if (complaint.isPresent()) {
            throw new AbortException(complaint.get());
        }
    }

    /** Says that it is too long, in the reader's language; empty where it is not. */
    public static Optional<String> complaint(String field, @CheckForNull String text) {
        return FieldLimits.complaint(field, text).map(TextLengthCheck::shown);
    }

    /** The same for a form, which calls the field by its label. */
    public static FormValidation check(String field, @CheckForNull String text) {
        boolean fits = FieldLimits.complaint(field, text).isEmpty();
        return fits ? FormValidation.ok() : FormValidation.error(Messages.text_tooLong(FieldLimits.forField(field)));
    }

    private static String shown(Text text) {
        return text.in(LocaleProvider.getLocale());
    }
}
