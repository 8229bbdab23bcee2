package io.jenkins.plugins.metakraftwerk.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Job;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.metakraftwerk.client.BuildFilter;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.WebRequestWait;
import java.util.Optional;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Builds that a parameter of a job suggests. Does not check permissions of the user: users who may start a job need not
 * be allowed to use its credentials otherwise. So all arguments must come from the stored job, never from a request.
 * The list is read as a build of the job would read it, so that it borrows no credential that a build may not.
 *
 * @param job the job to which the server must lend its credential
 * @param server null for the default; a blank one is refused
 * @param credentialsId null for the one of the folder or the server; a blank one is refused
 * @param pattern the pattern that the builds contain; blank for any
 * @param project the project of the builds; blank for any
 * @param alsoRunning true to suggest unfinished builds too
 */
@Restricted(NoExternalUse.class)
public record SuggestedBuilds(
        Job<?, ?> job,
        @CheckForNull String server,
        @CheckForNull String credentialsId,
        @CheckForNull String pattern,
        @CheckForNull String project,
        boolean alsoRunning) {

    /** @throws ListUnavailableException with the reason if the list cannot be read */
    public ListBoxModel list() throws ListUnavailableException {
        LocalizedList builds;
        try {
            builds = FormCaches.lists().builds(client(), filter(), alsoRunning);
        } catch (AbortException e) {
            throw new ListUnavailableException(e.getMessage());
        }
        String failure = builds.failure();
        if (failure != null) {
            throw new ListUnavailableException(failure);
        }
        ListBoxModel list = new ListBoxModel();
        builds.entries().forEach(build -> list.add(build.label(), build.value()));
        return list;
    }

    /** Returns the label of a build if the list was read within the last minute; sends no request. */
    public Optional<String> label(String id) {
        try {
            return FormCaches.lists().knownBuild(client(), filter(), alsoRunning, id);
        } catch (AbortException e) {
            return Optional.empty();
        }
    }

    private MetaKraftwerkClient client() throws AbortException {
        DefaultableFields.require(server, credentialsId);
        return Connections.ofJob(job, server, credentialsId);
    }

    private BuildFilter filter() throws AbortException {
        try {
            return BuildFilter.builder()
                    .project(project, null)
                    .pattern(pattern, null)
                    .build();
        } catch (MetaKraftwerkException e) {
            throw new AbortException(WebRequestWait.message(e, LocaleProvider.getLocale()));
        }
    }
}
