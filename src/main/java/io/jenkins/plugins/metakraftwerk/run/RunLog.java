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

/**
 * Prints messages of a run into the log of its build. The name of the server is a link, and its address is printed
 * once. May block.
 */
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
        // Without its scheme, since Jenkins would make another link of a URL.
        return link + " (" + target.url().replaceFirst("^\\w+://", "") + ")";
    }
}
