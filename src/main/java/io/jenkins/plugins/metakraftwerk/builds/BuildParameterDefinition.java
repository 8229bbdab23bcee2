package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.cli.CLICommand;
import hudson.model.Failure;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.Run;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.metakraftwerk.client.IdParser;
import io.jenkins.plugins.metakraftwerk.form.BuildIdParameter;
import io.jenkins.plugins.metakraftwerk.form.DefaultableFields;
import io.jenkins.plugins.metakraftwerk.form.SuggestedBuilds;
import io.jenkins.plugins.metakraftwerk.server.TextLengthCheck;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Parameter of a job or of the step {@code input}. Its value is the id of a MetaKraftwerk build. The field suggests
 * finished builds, on request also running ones. Users may type any other id.
 *
 * <p>It is no {@code SimpleParameterDefinition}. The step {@code build} would create values with it, and show a wrong
 * value as an error of Jenkins instead of calling {@link #isValid}.
 */
public class BuildParameterDefinition extends ParameterDefinition implements BuildIdParameter {

    private static final long serialVersionUID = 1L;

    private String pattern;
    private String project;
    private String server;
    private String credentialsId;
    private String defaultValue;
    private boolean alsoRunning;

    @DataBoundConstructor
    public BuildParameterDefinition(String name) {
        super(Util.fixNull(TextLengthCheck.kept("name", name)));
    }

    /** Returns a blank for a parameter that was stored without a name, since Jenkins compares names. */
    @Override
    public String getName() {
        return Util.fixNull(super.getName());
    }

    /** Returns the name of a pattern that the suggested builds contain. Null for any. */
    @CheckForNull
    public String getPattern() {
        return pattern;
    }

    @DataBoundSetter
    public void setPattern(@CheckForNull String pattern) {
        this.pattern = TextLengthCheck.kept("pattern", pattern);
    }

    /** Returns the name of the project of the suggested builds. Null for any. */
    @CheckForNull
    public String getProject() {
        return project;
    }

    @DataBoundSetter
    public void setProject(@CheckForNull String project) {
        this.project = TextLengthCheck.kept("project", project);
    }

    /** Returns the name of a configured server. Null for the default; blank if a script gave an empty one. */
    @CheckForNull
    public String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(@CheckForNull String server) {
        this.server = DefaultableFields.kept("server", server);
    }

    /**
     * Returns the id of the credential for the list. Null for that of the folder or the server; blank if a script gave
     * an empty one.
     */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = DefaultableFields.kept("credentialsId", credentialsId);
    }

    /** Returns the id of a build. Null for none: then the parameter is absent if nobody gives a value. */
    @CheckForNull
    public String getDefaultValue() {
        return defaultValue;
    }

    @DataBoundSetter
    public void setDefaultValue(@CheckForNull String defaultValue) {
        this.defaultValue = TextLengthCheck.kept("defaultValue", defaultValue);
    }

    /** Returns true if the field also suggests builds that are still running. */
    public boolean isAlsoRunning() {
        return alsoRunning;
    }

    @DataBoundSetter
    public void setAlsoRunning(boolean alsoRunning) {
        this.alsoRunning = alsoRunning;
    }

    /** @return null if there is no default, it is no id, or the name of the parameter is not allowed */
    @Override
    @CheckForNull
    public ParameterValue getDefaultParameterValue() {
        boolean isUsable = IdParser.read(defaultValue).isPresent()
                && ParameterName.complaint(getName()).isEmpty();
        return isUsable ? described(new BuildParameterValue(getName(), defaultValue)) : null;
    }

    @Override
    public ParameterDefinition copyWithDefaultValue(ParameterValue value) {
        if (!(value instanceof StringParameterValue given)) {
            return this;
        }
        BuildParameterDefinition copy = new BuildParameterDefinition(getName());
        copy.setDescription(getDescription());
        // Copied without a check: stored values are checked when they are used.
        copy.pattern = pattern;
        copy.project = project;
        copy.server = server;
        copy.credentialsId = credentialsId;
        copy.alsoRunning = alsoRunning;
        copy.defaultValue = Util.fixEmptyAndTrim(given.getValue());
        return copy;
    }

    /** Creates a value from a form. */
    @Override
    public ParameterValue createValue(StaplerRequest2 request, JSONObject form) {
        Object given = form.opt("value");
        // Other types are ignored, since a form can send an object of any class.
        String text = given instanceof String || given instanceof Number ? given.toString() : "";
        // The value of an input is no variable, so any name is allowed.
        boolean isInput = request.findAncestorObject(Run.class) != null;
        BuildParameterValue value = valid(text, isInput ? Optional.empty() : ParameterName.complaint(getName()));
        return described(new BuildParameterValue(
                getName(), value.getValue(), label(request, value.getValue()).orElse(null)));
    }

    /** Creates a value from {@code buildWithParameters}. */
    @Override
    public ParameterValue createValue(StaplerRequest2 request) {
        String given = request.getParameter(getName());
        return given == null ? getDefaultParameterValue() : described(valid(given, ParameterName.complaint(getName())));
    }

    private BuildParameterValue valid(String given, Optional<String> misnamed) {
        BuildParameterValue value = new BuildParameterValue(getName(), given);
        misnamed.or(value::noId).ifPresent(message -> {
            throw new Failure(message);
        });
        return value;
    }

    /** Creates a value from the command line. */
    @Override
    public ParameterValue createValue(CLICommand command, String given) throws AbortException {
        BuildParameterValue value = new BuildParameterValue(getName(), given);
        Optional<String> complaint = value.complaint();
        if (complaint.isPresent()) {
            throw new AbortException(complaint.get());
        }
        return described(value);
    }

    @Override
    public boolean isValid(ParameterValue value) {
        return ParameterName.complaint(getName()).isEmpty()
                && value.getValue() instanceof String text
                && IdParser.read(text).isPresent();
    }

    private ParameterValue described(BuildParameterValue value) {
        value.setDescription(getDescription());
        return value;
    }

    private Optional<String> label(StaplerRequest2 request, String id) {
        Job<?, ?> job = request.findAncestorObject(Job.class);
        return job == null ? Optional.empty() : suggested(job).label(id);
    }

    /** Returns the builds that the field suggests in a job. */
    SuggestedBuilds suggested(Job<?, ?> job) {
        return new SuggestedBuilds(job, server, credentialsId, pattern, project, alsoRunning);
    }

    /**
     * Returns the address of the list, below the root of Jenkins. It names this parameter, and for an {@code input}
     * also the run and the input.
     */
    public String listUrl(StaplerRequest2 request) {
        Job<?, ?> job = request.findAncestorObject(Job.class);
        if (job == null) {
            return "";
        }
        String url = job.getUrl() + getDescriptor().getDescriptorUrl() + "/fillValueItems?name=" + encoded(getName());
        Run<?, ?> run = request.findAncestorObject(Run.class);
        return url
                + PendingInputs.idOf(run, this)
                        .map(input -> "&run=" + run.getNumber() + "&input=" + encoded(input))
                        .orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@CheckForNull Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
