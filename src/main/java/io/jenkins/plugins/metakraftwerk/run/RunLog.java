package io.jenkins.plugins.metakraftwerk.run;

import hudson.console.HyperlinkNote;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.server.Target;
import java.util.function.Consumer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Prints what a run says into the log of its build, the server's name as a link to it. May block. */
@Restricted(NoExternalUse.class)
public final class RunLog implements Consumer<Text> {

    private static final String PREFIX = "[MetaKraftwerk] ";

    private final TaskListener listener;
    private final Target target;

    public RunLog(TaskListener listener, Target target) {
        this.listener = listener;
        this.target = target;
    }

    @Override
    public void accept(Text text) {
        // Not the whole label: Jenkins makes a link of the URL in it, and a link within a link is none.
        String name = target.server();
        String link =
                HyperlinkNote.encodeTo(target.url(), name) + target.label().substring(name.length());
        listener.getLogger().println(PREFIX + text.toString().replace(target.label(), link));
    }
}
