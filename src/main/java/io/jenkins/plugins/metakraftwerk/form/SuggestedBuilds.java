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
 * The builds that a parameter of a job suggests. It knows no permissions of who looks, and what it asks for must come from
 * what is saved, never from a request: who may start a job need not be allowed to use its credentials for anything else. It
 * asks as a run of the job would, and so borrows nothing that a run may not.
 *
 * @param job to which the server has to lend its credential
 * @param server null for the default; a blank one is refused
 * @param credentialsId null for that of the folder or the server; a blank one is refused
 * @param pattern what the builds contain; blank for any
 * @param project what the builds belong to; blank for any
 * @param alsoRunning whether those that have not finished yet are suggested too
 */
@Restricted(NoExternalUse.class)
public record SuggestedBuilds(
        Job<?, ?> job,
        @CheckForNull String server,
        @CheckForNull String credentialsId,
        @CheckForNull String pattern,
        @CheckForNull String project,
        boolean alsoRunning) {

    /** @throws ListUnavailableException with the reason where the list cannot be had */
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

    /** What the list calls a build, if it was asked for within the last minute; asks nobody. */
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
