package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import hudson.triggers.SafeTimerTask;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import java.nio.file.Path;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Who deployed what, where, and with which credential, and who changed what decides about it: files that outlive builds and
 * jobs, and a logger for those who ship logs. What was never sent is kept apart, and not each time: whoever may do nothing
 * may still try in a loop, and must not push out of the files what others did.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class AuditLog {

    private static final Logger AUDIT = Logger.getLogger("io.jenkins.plugins.metakraftwerk.audit");

    private final AuditQueue sent;
    private final AuditQueue unsent;
    private final UnsentAttempts counts = new UnsentAttempts();

    public AuditLog() {
        sent = new AuditQueue("audit", file(AuditFile.NAME));
        unsent = new AuditQueue("audit of refusals", file(AuditFile.UNSENT_NAME));
    }

    private static AuditFile file(String name) {
        Path folder = SafeTimerTask.getLogsRoot().toPath();
        return new AuditFile(folder, name, () -> {
            MetaKraftwerkGlobalConfiguration configuration = MetaKraftwerkGlobalConfiguration.get();
            return AuditFile.Size.ofMegabytes(configuration.getAuditFiles(), configuration.getAuditMegabytes());
        });
    }

    @NonNull
    static AuditLog get() {
        return ExtensionList.lookupSingleton(AuditLog.class);
    }

    /** Of what was sent, or changes what may be. */
    AuditQueue sent() {
        return sent;
    }

    /** Of what was never sent. */
    AuditQueue unsent() {
        return unsent;
    }

    /**
     * Neither blocks nor fails: what cannot be noted is warned of, and stops nobody.
     *
     * @return comes when the line is written, or cannot be for now; where a disk hangs, not before it goes on
     */
    Signal add(Record line) {
        return sent.add(shipped(line));
    }

    /** Lets a virtual thread wait for a line; not for long where the disk hangs, and not at all where that is known. */
    void await(Signal tried) throws InterruptedException {
        sent.await(tried);
    }

    /** An attempt that has sent nothing; as {@link #add}. */
    void addUnsent(AuditLine line) {
        counts.add(line).forEach(each -> unsent.add(shipped(each)));
    }

    /** The build adds nothing more: notes how often it was kept from sending. */
    void ended(Run<?, ?> build) {
        counts.ended(build.getParent().getFullName(), build.getNumber()).forEach(each -> unsent.add(shipped(each)));
    }

    private static String shipped(Record line) {
        String text = line.toString();
        AUDIT.info(text);
        return text;
    }

    /** Tries once more to write what waits, since Jenkins stops. */
    void finish() {
        counts.all().forEach(each -> unsent.add(shipped(each)));
        sent.write();
        unsent.write();
        sent.finish();
        unsent.finish();
    }
}
