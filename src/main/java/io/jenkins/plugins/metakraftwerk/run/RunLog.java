package io.jenkins.plugins.metakraftwerk.run;

import hudson.console.HyperlinkNote;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.server.Target;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Prints what a run says into the log of its build, the server's name as a link to it, its address once. May block. */
@Restricted(NoExternalUse.class)
public final class RunLog implements Consumer<Text> {

    private static final String PREFIX = "[MetaKraftwerk] ";

    private final TaskListener listener;
    private final Target target;
    private final AtomicBoolean addressIsKnown = new AtomicBoolean();

    public RunLog(TaskListener listener, Target target) {
        this.listener = listener;
        this.target = target;
    }

    @Override
    public void accept(Text text) {
        String said = text.toString();
        String link = HyperlinkNote.encodeTo(target.url(), target.server());
        int named = said.indexOf(target.label());
        if (named >= 0 && addressIsKnown.compareAndSet(false, true)) {
            int end = named + target.label().length();
            // Without its scheme, since Jenkins makes a further link of each URL.
            String address = " (" + target.url().replaceFirst("^\\w+://", "") + ")";
            said = said.substring(0, named) + link + address + said.substring(end);
        }
        listener.getLogger().println(PREFIX + said.replace(target.label(), link));
    }
}
