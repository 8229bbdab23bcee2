package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.init.InitMilestone;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Job;
import hudson.scheduler.CronTabList;
import hudson.triggers.TimerTrigger;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.form.DefaultableFields;
import io.jenkins.plugins.metakraftwerk.form.StepForm;
import io.jenkins.plugins.metakraftwerk.form.SubmittedFields;
import io.jenkins.plugins.metakraftwerk.server.TextLengthCheck;
import io.jenkins.plugins.metakraftwerk.watch.BuildWatcher;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * Starts a job once for each MetaKraftwerk build that finishes. It stores no state, since a Pipeline with directives
 * creates its triggers at each run: see {@link WatchedJob}.
 */
@Restricted(NoExternalUse.class)
public class BuildFinishedTrigger extends Trigger<Job<?, ?>> implements TriggerSettings {

    private String pattern;
    private String project;
    private String user;
    private String server;
    private String credentialsId;
    private String parameter;

    /**
     * @param spec when to poll, as in other triggers; blank for never
     * @throws IllegalArgumentException if it cannot be parsed
     */
    @DataBoundConstructor
    public BuildFinishedTrigger(String spec) {
        super(Util.fixNull(spec));
    }

    @Override
    @CheckForNull
    public String getPattern() {
        return pattern;
    }

    @DataBoundSetter
    public void setPattern(String pattern) {
        this.pattern = TextLengthCheck.kept("pattern", pattern);
    }

    @Override
    @CheckForNull
    public String getProject() {
        return project;
    }

    @DataBoundSetter
    public void setProject(String project) {
        this.project = TextLengthCheck.kept("project", project);
    }

    @Override
    @CheckForNull
    public String getUser() {
        return user;
    }

    @DataBoundSetter
    public void setUser(String user) {
        this.user = TextLengthCheck.kept("user", user);
    }

    @Override
    @CheckForNull
    public String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(String server) {
        this.server = DefaultableFields.kept("server", server);
    }

    @Override
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = DefaultableFields.kept("credentialsId", credentialsId);
    }

    @Override
    @CheckForNull
    public String getParameter() {
        return parameter;
    }

    @DataBoundSetter
    public void setParameter(String parameter) {
        this.parameter = TextLengthCheck.kept("parameter", parameter);
    }

    @Override
    @CheckForNull
    public CronTabList schedule() {
        return spec.isBlank() ? null : tabs;
    }

    /** A new trigger polls at once: builds that finish before its first scheduled poll start the job too. */
    @Override
    public void start(Job<?, ?> project, boolean newInstance) {
        super.start(project, newInstance);
        // Needed also while Jenkins starts or reloads: the state of the old job object is out of date.
        BuildWatcher<?> watcher = WatchedJobs.get().watcher(project);
        if (Jenkins.get().getInitLevel() == InitMilestone.COMPLETED) {
            watcher.begin();
        }
    }

    /** Runs on the thread of all schedules, so it hands the poll over. */
    @Override
    public void run() {
        if (job != null && schedule() != null) {
            WatchedJobs.get().watcher(job).look();
        }
    }

    @Override
    public Collection<? extends Action> getProjectActions() {
        return job == null ? List.of() : List.of(new PollingLogAction(job));
    }

    /** Form of the trigger. */
    @Extension
    @Symbol("metaKraftwerkBuildFinished")
    public static class DescriptorImpl extends TriggerDescriptor implements CustomDescribableModel {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.trigger_displayName();
        }

        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job && item instanceof ParameterizedJobMixIn.ParameterizedJob;
        }

        @Override
        public Trigger<?> newInstance(StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            SubmittedFields.tidy(form, clazz);
            return super.newInstance(request, form);
        }

        @Override
        @NonNull
        public Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
            return DefaultableFields.given(arguments);
        }

        /**
         * Returns lists, checks and help of the fields that other forms have too. There are no variables before a
         * build.
         */
        public StepForm.Fields getShared() {
            return ExtensionList.lookupSingleton(StepForm.InScript.class);
        }

        @POST
        // lgtm[jenkins/no-permission-check] Checks only the given text and looks nothing up.
        public FormValidation doCheckSpec(@QueryParameter String value, @AncestorInPath Item item) {
            if (Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok(Messages.trigger_off());
            }
            try {
                CronTabList.create(value);
            } catch (IllegalArgumentException e) {
                // Jenkins itself would show a stack trace.
                return FormValidation.error(e.getMessage());
            }
            return ExtensionList.lookupSingleton(TimerTrigger.DescriptorImpl.class)
                    .doCheckSpec(value, item);
        }
    }
}
