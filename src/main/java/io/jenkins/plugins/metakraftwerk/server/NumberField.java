package io.jenkins.plugins.metakraftwerk.server;

import hudson.model.Descriptor.FormException;
import hudson.util.FormValidation;
import java.util.function.IntFunction;
import net.sf.json.JSONObject;

/**
 * Field of a form that takes a whole number.
 *
 * @param usual the default
 * @param advice makes the message for a refused number, from {@code most}
 */
record NumberField(String name, int usual, int least, int most, IntFunction<String> advice) {

    int bounded(int number) {
        return Math.max(least, Math.min(most, number));
    }

    FormValidation check(String value) {
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= least && number <= most) {
                return FormValidation.ok();
            }
        } catch (NumberFormatException e) {
            // Falls through to the same advice.
        }
        return FormValidation.error(advice.apply(most));
    }

    /**
     * Reads the number from a form.
     *
     * @param current the value to use if the form lacks the field
     */
    int typed(JSONObject form, int current) throws FormException {
        String text = form.optString(name, String.valueOf(current));
        if (check(text).kind == FormValidation.Kind.ERROR) {
            throw new FormException(advice.apply(most), name);
        }
        return Integer.parseInt(text.strip());
    }
}
