package io.jenkins.plugins.metakraftwerk.server;

import hudson.util.FormValidation;

/** What a field of a form may hold that takes a whole number. */
final class WholeNumbers {

    private WholeNumbers() {}

    /** @param advice what to do instead */
    static FormValidation check(String value, int least, int most, String advice) {
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= least && number <= most) {
                return FormValidation.ok();
            }
        } catch (NumberFormatException e) {
            // Falls through to the same advice.
        }
        return FormValidation.error(advice);
    }
}
