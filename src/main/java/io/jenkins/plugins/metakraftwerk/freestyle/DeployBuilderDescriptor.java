package io.jenkins.plugins.metakraftwerk.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AbstractProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.metakraftwerk.form.StepForm;
import io.jenkins.plugins.metakraftwerk.form.SubmittedFields;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.StaplerRequest2;

/** Form of the build step: its checks and its lists, which also offer the parameters of the job. */
@Extension
@Symbol(DeployBuilderDescriptor.SYMBOL)
public class DeployBuilderDescriptor extends BuildStepDescriptor<Builder> {

    static final String SYMBOL = "metaKraftwerkDeploy";

    public DeployBuilderDescriptor() {
        super(DeployBuilder.class);
    }

    @Override
    public Builder newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
        SubmittedFields.tidy(form, clazz);
        return super.newInstance(request, form);
    }

    @Override
    public boolean isApplicable(Class<? extends AbstractProject> type) {
        return true;
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.builder_displayName();
    }

    /** Returns lists, checks and help of the fields, which the Pipeline step has too. */
    public StepForm.Fields getShared() {
        return ExtensionList.lookupSingleton(StepForm.InJob.class);
    }

    /** Returns true if the page is the form of a job, not a generator of scripts. */
    public boolean isFormOfJob(Object page) {
        return page instanceof AbstractProject;
    }
}
