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

/** A MetaKraftwerk server: the name that jobs use, its address, and the credential for jobs that bring none. */
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

    /** Whether only {@link #getAllowedItems} may borrow its credential; else every job of this Jenkins may. */
    public boolean isUsageRestricted() {
        return usageRestricted || !getAllowedItems().isEmpty();
    }

    /** Whether it says that every job may, and yet lists some, as only a stored file or a script can. The list counts. */
    boolean isContradictory() {
        return !saysRestricted() && isUsageRestricted();
    }

    /** What it says itself, whatever is listed. */
    boolean saysRestricted() {
        return usageRestricted;
    }

    @DataBoundSetter
    public void setUsageRestricted(boolean usageRestricted) {
        this.usageRestricted = usageRestricted;
    }

    /** Full names of folders, multibranch projects, jobs and branches; with all that is below them. */
    @NonNull
    public List<String> getAllowedItems() {
        return allowedItems == null ? List.of() : List.copyOf(allowedItems);
    }

    @DataBoundSetter
    public void setAllowedItems(List<String> allowedItems) {
        List<String> names = AllowedItems.from(allowedItems).names();
        this.allowedItems = names.isEmpty() ? null : new ArrayList<>(names);
    }

    /** Restricted as before, also when the last entry goes. */
    boolean changeAllowedItems(UnaryOperator<AllowedItems> change) {
        AllowedItems after = change.apply(allowed());
        if (after.equals(allowed())) {
            return false;
        }
        usageRestricted = isUsageRestricted();
        setAllowedItems(after.names());
        return true;
    }

    AllowedItems allowed() {
        return new AllowedItems(getAllowedItems());
    }

    /** Why nothing may be deployed there for the time being; null where it may. */
    @CheckForNull
    public String getFrozen() {
        return frozen;
    }

    @DataBoundSetter
    public void setFrozen(String frozen) {
        this.frozen = Util.fixEmptyAndTrim(frozen);
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
    public String normalUrl() {
        try {
            return ServerUrl.parse(url).toString();
        } catch (MetaKraftwerkException e) {
            return url;
        }
    }

    /** Which of its texts is too long, if one is; for who saves it, since a stored one must load. */
    Optional<String> tooLong() {
        return Stream.concat(
                        Stream.of(
                                TextLengthCheck.complaint("server", name),
                                TextLengthCheck.complaint("credentialsId", credentialsId),
                                TextLengthCheck.complaint("frozen", frozen)),
                        getAllowedItems().stream().map(item -> TextLengthCheck.complaint("allowedItems", item)))
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
