package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.BuildFilter;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.NewestCollector;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.RequestedNames;
import io.jenkins.plugins.metakraftwerk.form.FieldChecks;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Step {@code mkFindBuilds}: returns the newest builds that pass all filters, the highest id first. Without the
 * argument 'limit', at most {@value #DEFAULT_LIMIT}.
 */
public class MkFindBuildsStep extends MkStep implements ReadingStep {

    private static final long serialVersionUID = 1L;
    private static final int DEFAULT_LIMIT = 20;

    private String project;
    private String projectId;
    private String pattern;
    private String patternId;
    private String user;
    private String userId;
    private Map<String, String> releases;
    private String status;
    private Integer limit;

    @DataBoundConstructor
    public MkFindBuildsStep() {
        // Every filter is optional.
    }

    @CheckForNull
    public String getProject() {
        return project;
    }

    @DataBoundSetter
    public void setProject(String project) {
        this.project = StepArguments.text("project", project);
    }

    @CheckForNull
    public String getProjectId() {
        return projectId;
    }

    @DataBoundSetter
    public void setProjectId(Object projectId) {
        this.projectId = StepArguments.id("projectId", projectId);
    }

    @CheckForNull
    public String getPattern() {
        return pattern;
    }

    @DataBoundSetter
    public void setPattern(String pattern) {
        this.pattern = StepArguments.text("pattern", pattern);
    }

    @CheckForNull
    public String getPatternId() {
        return patternId;
    }

    @DataBoundSetter
    public void setPatternId(Object patternId) {
        this.patternId = StepArguments.id("patternId", patternId);
    }

    @CheckForNull
    public String getUser() {
        return user;
    }

    @DataBoundSetter
    public void setUser(String user) {
        this.user = StepArguments.text("user", user);
    }

    @CheckForNull
    public String getUserId() {
        return userId;
    }

    @DataBoundSetter
    public void setUserId(Object userId) {
        this.userId = StepArguments.id("userId", userId);
    }

    /** Returns the name of a release by the name of its release group. Null for any. */
    @CheckForNull
    public Map<String, String> getReleases() {
        return releases == null ? null : Map.copyOf(releases);
    }

    /** @param releases a map, or a text with a line {@code GROUP=RELEASE} for each, as a form sends it */
    @DataBoundSetter
    public void setReleases(Object releases) {
        Map<String, String> given = StepArguments.releases(releases);
        this.releases = given.isEmpty() ? null : given;
    }

    @CheckForNull
    public String getStatus() {
        return status;
    }

    @DataBoundSetter
    public void setStatus(String status) {
        this.status = StepArguments.status(status);
    }

    @CheckForNull
    public Integer getLimit() {
        return limit;
    }

    @DataBoundSetter
    public void setLimit(Object limit) {
        this.limit = limit == null ? null : StepArguments.limit(limit);
    }

    @Override
    StepExecution execution(StepContext context) {
        return new ReadingExecution(context, this);
    }

    private BuildFilter filter() throws MetaKraftwerkException {
        return BuildFilter.builder()
                .project(project, projectId)
                .pattern(pattern, patternId)
                .user(user, userId)
                .releases(releases == null ? Map.of() : releases)
                .build();
    }

    @Override
    public void check() throws MetaKraftwerkException {
        filter();
    }

    @Override
    public ReadingWork<?> reading(Run<?, ?> build, Target target, RunLog log)
            throws AbortException, MetaKraftwerkException {
        BuildFilter filter = filter();
        MetaKraftwerkClient client = Connections.ofRun(build, target);
        Text filterText = status == null ? filter.text() : Text.forKey("filter.status", filter.text(), status);
        return ReadingWork.repeated(
                log,
                () -> FilteredList.read(
                        server -> server.builds(filter, wanted()),
                        client,
                        RequestedNames.from(filter),
                        Text.forKey("builds.none", filterText, target.label()),
                        count -> Text.forKey("builds.found", count, target.label())),
                found -> {
                    log.accept(found.said());
                    return found.entries().stream()
                            .map(FoundBuild::new)
                            .collect(Collectors.toCollection(ArrayList::new));
                });
    }

    /** Filters by status and number, since the API cannot. */
    private Collector<Build, ?, List<Build>> wanted() {
        return Collectors.filtering(
                build -> !build.isDeleted() && (status == null || status.equals(build.status())),
                NewestCollector.keeping(limit == null ? DEFAULT_LIMIT : limit));
    }

    @Extension
    public static class DescriptorImpl extends MkStepDescriptor {

        public DescriptorImpl() {
            super("mkFindBuilds", Messages::findBuilds_displayName);
        }

        @POST
        // lgtm[jenkins/no-permission-check] The list is the same for everybody.
        public ListBoxModel doFillStatusItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.findBuilds_anyStatus(), "");
            StepArguments.STATUSES.forEach(items::add);
            return items;
        }

        @POST
        // lgtm[jenkins/no-permission-check] Checks only the given text and looks nothing up.
        public FormValidation doCheckProjectId(@QueryParameter String value) {
            return FieldChecks.inScript().id(value);
        }

        @POST
        // lgtm[jenkins/no-permission-check] Checks only the given text and looks nothing up.
        public FormValidation doCheckUserId(@QueryParameter String value) {
            return FieldChecks.inScript().id(value);
        }
    }
}
