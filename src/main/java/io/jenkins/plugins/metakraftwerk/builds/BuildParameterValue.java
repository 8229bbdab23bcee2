package io.jenkins.plugins.metakraftwerk.builds;

import hudson.model.StringParameterValue;
import org.kohsuke.stapler.DataBoundConstructor;

/** The id of a MetaKraftwerk build that somebody, or a trigger, chose. */
public class BuildParameterValue extends StringParameterValue {

    private static final long serialVersionUID = 1L;

    /** @param value a positive whole number, as text */
    @DataBoundConstructor
    public BuildParameterValue(String name, String value) {
        super(name, value);
    }
}
