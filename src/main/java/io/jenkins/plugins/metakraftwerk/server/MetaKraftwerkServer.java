package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Describable;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A MetaKraftwerk server: the name that jobs use, its address, and the credential for jobs that name none. */
@Restricted(NoExternalUse.class)
public class MetaKraftwerkServer implements Describable<MetaKraftwerkServer> {

    private final String name;
    private final String url;
    private String credentialsId;
    private boolean usageRestricted;
    private List<String> allowedItems;
    private String frozen;

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

    /**
     * Returns true if only {@link #getAllowedItems} may borrow the credential; false if every job of this Jenkins may.
     */
    public boolean isUsageRestricted() {
        return usageRestricted || !getAllowedItems().isEmpty();
    }

    /**
     * Returns true if the server lists allowed items, although its flag lets every job use the credential. Only a
     * stored file or a script can say so; the list counts.
     */
    boolean isContradictory() {
        return !saysRestricted() && isUsageRestricted();
    }

    /** Returns the flag alone, without regard to the list. */
    boolean saysRestricted() {
        return usageRestricted;
    }

    @DataBoundSetter
    public void setUsageRestricted(boolean usageRestricted) {
        this.usageRestricted = usageRestricted;
    }

    /**
     * Returns full names of folders, multibranch projects, jobs and branches. An entry also covers all items below it.
     */
    @NonNull
    public List<String> getAllowedItems() {
        return allowedItems == null ? List.of() : List.copyOf(allowedItems);
    }

    @DataBoundSetter
    public void setAllowedItems(List<String> allowedItems) {
        List<String> names = AllowedItems.from(allowedItems).names();
        this.allowedItems = names.isEmpty() ? null : new ArrayList<>(names);
    }

    /** Changes the entries. The server stays restricted, even if the last entry goes. */
    boolean changeAllowedItems(UnaryOperator<AllowedItems> change) {
        AllowedItems changed = change.apply(allowed());
        if (changed.equals(allowed())) {
            return false;
        }
        usageRestricted = isUsageRestricted();
        setAllowedItems(changed.names());
        return true;
    }

    AllowedItems allowed() {
        return new AllowedItems(getAllowedItems());
    }

    /** Returns the reason why nothing may be deployed there for now; null if the server is not frozen. */
    @CheckForNull
    public String getFrozen() {
        return frozen;
    }

    @DataBoundSetter
    public void setFrozen(String frozen) {
        this.frozen = Util.fixEmptyAndTrim(frozen);
    }

    /** Returns the name that logs and messages use for this server. */
    public String label() {
        return label(name, normalUrl());
    }

    static String label(String name, String url) {
        return name + " (" + url + ")";
    }

    /** @throws AbortException if the address is unusable, which only a change outside of the form can cause */
    ServerUrl address() throws AbortException {
        try {
            return ServerUrl.parse(url);
        } catch (MetaKraftwerkException e) {
            throw new AbortException(Messages.server_url_unusable(name, e.text().in(LocaleProvider.getLocale())));
        }
    }

    /** Returns the address in its normal form; if it is unusable, as it was typed. */
    public String normalUrl() {
        try {
            return ServerUrl.parse(url).toString();
        } catch (MetaKraftwerkException e) {
            return url;
        }
    }

    /** Checks the length of all texts. For callers that save a server: a stored one must load. */
    Optional<String> tooLong() {
        return Stream.concat(
                        Stream.of(
                                TextLengthCheck.complaint("server", name),
                                TextLengthCheck.complaint("credentialsId", credentialsId),
                                TextLengthCheck.complaint("frozen", frozen)),
                        getAllowedItems().stream().map(name -> TextLengthCheck.complaint("allowedItems", name)))
                .flatMap(Optional::stream)
                .findFirst();
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
