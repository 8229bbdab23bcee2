package io.jenkins.plugins.metakraftwerk.config;

import hudson.console.HyperlinkNote;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.function.Consumer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Prints what a run says into the log of its build, the server's name as a link to it. */
@Restricted(NoExternalUse.class)
public final class RunLog implements Consumer<Text> {

    private static final String PREFIX = "[MetaKraftwerk] ";

    private final TaskListener listener;
    private final MetaKraftwerkServer server;

    public RunLog(TaskListener listener, MetaKraftwerkServer server) {
        this.listener = listener;
        this.server = server;
    }

    @Override
    public void accept(Text text) {
        String name = server.getName();
        // Not the whole label: Jenkins makes a link of the URL in it, and a link within a link is none.
        String label =
                HyperlinkNote.encodeTo(server.getUrl(), name) + server.label().substring(name.length());
        listener.getLogger().println(PREFIX + text.toString().replace(server.label(), label));
    }
}
