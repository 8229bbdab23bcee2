package io.jenkins.plugins.metakraftwerk.run;

import hudson.console.HyperlinkNote;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.server.Target;
import java.util.Locale;
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
        listener.getLogger()
                .println(PREFIX + text.in(Locale.getDefault(), named -> named.equals(target.label()) ? link() : named));
    }

    private String link() {
        String link = HyperlinkNote.encodeTo(target.url(), target.server());
        if (!addressIsKnown.compareAndSet(false, true)) {
            return link;
        }
        // Without its scheme, since Jenkins makes a further link of each URL.
        return link + " (" + target.url().replaceFirst("^\\w+://", "") + ")";
    }
}
