package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.metakraftwerk.client.IdParser;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * Id of a MetaKraftwerk build that a user or a trigger chose. Keeps a value that is no id, so that the step {@code
 * build} can call {@link BuildParameterDefinition#isValid} and explain the error. An exception would hide it from the
 * author of the script. Such a value starts nothing: see {@link BuildIdDecisionHandler}.
 */
public class BuildParameterValue extends StringParameterValue implements Describable<BuildParameterValue> {

    private static final long serialVersionUID = 1L;

    /** Label of the build in the list when it was chosen. Null if there was no list. */
    private String label;

    /** @param value a positive whole number, as text; blanks around it and leading zeros do not matter */
    @DataBoundConstructor
    public BuildParameterValue(String name, String value) {
        super(name, kept(value));
    }

    BuildParameterValue(String name, String value, String label) {
        this(name, value);
        this.label = label;
    }

    private static String kept(String value) {
        OptionalLong id = IdParser.read(value);
        return id.isPresent() ? Long.toString(id.getAsLong()) : value;
    }

    /** Returns, for people, why no build may have this value. Empty if it may. */
    Optional<String> complaint() {
        return ParameterName.complaint(getName()).or(this::noId);
    }

    /** Returns, for people, why the value is no id. Empty if it is one. */
    Optional<String> noId() {
        if (IdParser.read(value).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                value.isBlank()
                        ? Messages.parameter_choose(getName())
                        : Messages.parameter_noId(getName(), RemoteText.name(value)));
    }

    /** Returns the label of the build from the list, else its id. */
    public String getLabel() {
        return label == null ? getValue() : label;
    }

    /** Returns the text that the step {@code build} shows for an invalid value. */
    @Override
    public String toString() {
        return complaint().orElseGet(super::toString);
    }

    /** Ignores the label, so that the queue takes two values of the same build as equal. */
    @Override
    public boolean equals(@CheckForNull Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    /** Accepts a value from a script, which may be a number, but no object of any other class. */
    @Extension
    @Symbol("metaKraftwerkBuild")
    public static final class DescriptorImpl extends Descriptor<BuildParameterValue> implements CustomDescribableModel {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.parameter_displayName();
        }

        @Override
        @NonNull
        public Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
            Map<String, Object> texts = new LinkedHashMap<>(arguments);
            texts.computeIfPresent("value", (name, value) -> text(value));
            return texts;
        }

        private static String text(Object given) {
            boolean isPlain = given instanceof CharSequence || given instanceof Number;
            return isPlain ? given.toString() : given.getClass().getSimpleName();
        }
    }
}
