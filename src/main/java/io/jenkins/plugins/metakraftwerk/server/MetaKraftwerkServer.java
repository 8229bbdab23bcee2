package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import java.util.Optional;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A MetaKraftwerk server: the name that jobs use, its address, and the credential for jobs that bring none. */
@Restricted(NoExternalUse.class)
public class MetaKraftwerkServer extends AbstractDescribableImpl<MetaKraftwerkServer> {

    private final String name;
    private final String url;
    private String credentialsId;

    /** @param url null for the default; an empty one, as a form sends it, is an error */
    @DataBoundConstructor
    public MetaKraftwerkServer(String name, String url) {
        this.name = Util.fixNull(name).strip();
        this.url = url == null ? ServerUrl.DEFAULT : url.strip();
    }

    @NonNull
    public String getName() {
        return name;
    }

    @NonNull
    public String getUrl() {
        return url;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** How logs and messages call this server. */
    public String label() {
        return label(name, normalUrl());
    }

    static String label(String name, String url) {
        return name + " (" + url + ")";
    }

    /** @throws AbortException if the address was made unusable outside of the form, which refuses such ones */
    ServerUrl address() throws AbortException {
        try {
            return ServerUrl.parse(url);
        } catch (MetaKraftwerkException e) {
            throw new AbortException(Messages.server_url_unusable(name, e.text().in(LocaleProvider.getLocale())));
        }
    }

    /** The address in its normal form; as it was typed where it is unusable. */
    String normalUrl() {
        try {
            return ServerUrl.parse(url).toString();
        } catch (MetaKraftwerkException e) {
            return url;
        }
    }

    Optional<String> complaint() {
        try {
            ServerUrl.parse(url);
            return Optional.empty();
        } catch (MetaKraftwerkException e) {
            return Optional.of(e.text().in(LocaleProvider.getLocale()));
        }
    }
}
