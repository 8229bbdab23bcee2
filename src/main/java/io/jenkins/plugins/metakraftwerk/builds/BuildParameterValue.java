package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.metakraftwerk.client.Ids;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import org.kohsuke.stapler.DataBoundConstructor;

/** The id of a MetaKraftwerk build that somebody, or a trigger, chose. */
public class BuildParameterValue extends StringParameterValue {

    private static final long serialVersionUID = 1L;

    /** What a list called the build when it was chosen; null where none was at hand. */
    private String label;

    /**
     * @param value a positive whole number, as text; blanks around it and leading zeros do not matter
     * @throws IllegalArgumentException if it is none, with a message for people
     */
    @DataBoundConstructor
    public BuildParameterValue(String name, String value) {
        super(name, id(name, value));
    }

    BuildParameterValue(String name, String value, String label) {
        this(name, value);
        this.label = label;
    }

    private static String id(String name, String value) {
        String given = Util.fixEmptyAndTrim(value);
        if (given == null) {
            throw new IllegalArgumentException(Messages.parameter_choose(name));
        }
        long id = Ids.read(given)
                .orElseThrow(() -> new IllegalArgumentException(Messages.parameter_noId(name, RemoteText.name(given))));
        return Long.toString(id);
    }

    /** The build as a list called it, else its id. */
    public String getLabel() {
        return label == null ? getValue() : label;
    }

    /** Two that stand for the same build are the same to the queue, whatever a list called it. */
    @Override
    public boolean equals(@CheckForNull Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
