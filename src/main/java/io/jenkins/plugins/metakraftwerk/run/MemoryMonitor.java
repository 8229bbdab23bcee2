package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.store.FileTrouble;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Tells administrators that it is not known what runs have deployed or left unknown, so that nothing is deployed, and lets
 * them decide to go on without.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class MemoryMonitor extends AdministrativeMonitor {

    /** As many lines as are shown. */
    private static final int SHOWN = 5;

    /** What an administrator has to decide about. */
    public static final class Lost {

        private final FileTrouble trouble;

        private Lost(FileTrouble trouble) {
            this.trouble = trouble;
        }

        /** Which file, and what is wrong with it. */
        public String getTitle() {
            return trouble.reason() == null
                    ? Messages.memory_damaged(trouble.path(), trouble.damaged().size())
                    : Messages.memory_unread(trouble.path(), trouble.reason());
        }

        /** What may happen without it. */
        public String getRisk() {
            return Messages.memory_risk();
        }

        /** Which servers nothing is deployed on. */
        public String getServers() {
            return trouble.servers().isEmpty()
                    ? Messages.memory_allServers()
                    : Messages.memory_servers(String.join(
                            ", ", trouble.servers().stream().sorted().toList()));
        }

        /** The first lines that are not understood, fit to be shown. */
        public List<String> getLines() {
            return trouble.damaged().stream().limit(SHOWN).map(RemoteText::name).toList();
        }

        /** What the button does. */
        public String getButton() {
            return trouble.reason() == null ? Messages.memory_putLinesAside() : Messages.memory_putFileAside();
        }
    }

    @Override
    public String getDisplayName() {
        return Messages.memory_displayName();
    }

    /** Without a look at the disk. */
    @Override
    public boolean isActivated() {
        return getLost() != null;
    }

    /** Null where nothing is lost. */
    @CheckForNull
    public Lost getLost() {
        FileTrouble trouble = RunMemory.get().journal().trouble();
        return trouble == null ? null : new Lost(trouble);
    }

    /** Where the button sends to, from the root of Jenkins on. */
    public String getPutAsideUrl() {
        return MemoryForm.URL;
    }
}
