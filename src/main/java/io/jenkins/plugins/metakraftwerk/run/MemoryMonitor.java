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
 * Tells administrators that the ledger of runs cannot be read, so that nothing is deployed. Lets them decide to go on
 * without it.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class MemoryMonitor extends AdministrativeMonitor {

    /** Maximum number of lines to show. */
    private static final int SHOWN = 5;

    /** Part of the ledger that an administrator has to decide about. */
    public static final class Lost {

        private final FileTrouble trouble;

        private Lost(FileTrouble trouble) {
            this.trouble = trouble;
        }

        /** Tells which file it is and what is wrong with it. */
        public String getTitle() {
            return trouble.reason() == null
                    ? Messages.memory_damaged(trouble.path(), trouble.damaged().size())
                    : Messages.memory_unread(trouble.path(), trouble.reason());
        }

        /** Tells what may happen without it. */
        public String getRisk() {
            return Messages.memory_risk();
        }

        /** Tells to which servers nothing is deployed. */
        public String getServers() {
            return trouble.servers().isEmpty()
                    ? Messages.memory_allServers()
                    : Messages.memory_servers(String.join(
                            ", ", trouble.servers().stream().sorted().toList()));
        }

        /** Returns the first lines that cannot be understood, made safe to show. */
        public List<String> getLines() {
            return trouble.damaged().stream().limit(SHOWN).map(RemoteText::name).toList();
        }

        /** Returns the label of the button. */
        public String getButton() {
            return trouble.reason() == null ? Messages.memory_putLinesAside() : Messages.memory_putFileAside();
        }
    }

    @Override
    public String getDisplayName() {
        return Messages.memory_displayName();
    }

    /** Returns true if something is lost. Does not read the disk. */
    @Override
    public boolean isActivated() {
        return getLost() != null;
    }

    /** Returns the part that is lost; null if nothing is lost. */
    @CheckForNull
    public Lost getLost() {
        FileTrouble trouble = RunMemory.get().journal().trouble();
        return trouble == null ? null : new Lost(trouble);
    }

    /** Returns the address of the button, relative to the root of Jenkins. */
    public String getPutAsideUrl() {
        return MemoryForm.URL;
    }
}
