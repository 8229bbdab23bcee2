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
 * Refuses texts that are longer than their field allows. Checks them when they are typed. Checks them again when they
 * are used, since a stored text must load. For setters that Jenkins does not call when it loads.
 */
@Restricted(NoExternalUse.class)
public final class TextLengthCheck {

    private TextLengthCheck() {}

    /**
     * Returns the text without blanks around it; null if nothing is left.
     *
     * @throws IllegalArgumentException if it is too long
     */
    @CheckForNull
    public static String kept(String field, @CheckForNull String typed) {
        return Util.fixEmptyAndTrim(notLong(field, typed));
    }

    /**
     * Returns the text unchanged.
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

    /** @throws AbortException if the text is too long */
    public static void require(String field, @CheckForNull String used) throws AbortException {
        Optional<String> complaint = complaint(field, used);
        if (complaint.isPresent()) {
            throw new AbortException(complaint.get());
        }
    }

    /** Returns the message that a text is too long, in the reader's language; empty if it is not. */
    public static Optional<String> complaint(String field, @CheckForNull String text) {
        return FieldLimits.complaint(field, text).map(TextLengthCheck::shown);
    }

    /** Checks a text for a form, with the label of the field in the message. */
    public static FormValidation check(String field, @CheckForNull String text) {
        boolean fits = FieldLimits.complaint(field, text).isEmpty();
        return fits ? FormValidation.ok() : FormValidation.error(Messages.text_tooLong(FieldLimits.forField(field)));
    }

    private static String shown(Text text) {
        return text.in(LocaleProvider.getLocale());
    }
}
