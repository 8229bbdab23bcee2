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
 * The id of a MetaKraftwerk build that somebody, or a trigger, chose. What is none is kept, so that the step {@code build}
 * can ask {@link BuildParameterDefinition#isValid} and say what is wrong with it: an exception would hide that from who
 * wrote the script. It starts nothing: see {@link BuildIdDecisionHandler}.
 */
public class BuildParameterValue extends StringParameterValue implements Describable<BuildParameterValue> {

    private static final long serialVersionUID = 1L;

    /** What a list called the build when it was chosen; null where none was at hand. */
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

    /** Says, for people, why no build may have it; empty where one may. */
    Optional<String> complaint() {
        return ParameterName.complaint(getName()).or(this::noId);
    }

    /** Says, for people, why it is no id; empty where it is one. */
    Optional<String> noId() {
        if (IdParser.read(value).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                value.isBlank()
                        ? Messages.parameter_choose(getName())
                        : Messages.parameter_noId(getName(), RemoteText.name(value)));
    }

    /** The build as a list called it, else its id. */
    public String getLabel() {
        return label == null ? getValue() : label;
    }

    /** What the step {@code build} shows of one that is not valid. */
    @Override
    public String toString() {
        return complaint().orElseGet(super::toString);
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

    /** Takes the value that a script gives, which may be a number, without a parameter of whatever class. */
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
