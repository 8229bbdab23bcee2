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
 * Audit log: records each deployment with its user, target and credential, and each change of a server or a history.
 * Written to files that outlive builds and jobs, and to a logger for people who collect logs.
 *
 * <p>Attempts that sent nothing have files of their own, and not each has a line. A user who may do nothing may still
 * try in a loop, and must not push the lines of others out of the files.
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

    /** Returns the queue for attempts that sent a request, and for changes. */
    AuditQueue sent() {
        return sent;
    }

    /** Returns the queue for attempts that sent nothing. */
    AuditQueue unsent() {
        return unsent;
    }

    /**
     * Adds a line. Neither blocks nor fails: if the line cannot be written, a warning is logged, and nobody is stopped.
     *
     * @return given when the line is written or cannot be written for now; if a disk hangs, not before it goes on
     */
    Signal add(Record line) {
        return sent.add(logged(line));
    }

    /**
     * Waits on a virtual thread until a line is written. If the disk hangs, not for long, and not at all if that is
     * known already.
     */
    void await(Signal tried) throws InterruptedException {
        sent.await(tried);
    }

    /** Adds an attempt that sent nothing, as {@link #add} does. */
    void addUnsent(AuditLine line) {
        counts.add(line).forEach(each -> unsent.add(logged(each)));
    }

    /** Notes how often a build was kept from sending, since the build adds nothing more. */
    void ended(Run<?, ?> build) {
        counts.ended(build.getParent().getFullName(), build.getNumber()).forEach(each -> unsent.add(logged(each)));
    }

    private static String logged(Record line) {
        String text = line.toString();
        AUDIT.info(text);
        return text;
    }

    /** Tries once more to write the lines that wait, since Jenkins stops. */
    void finish() {
        counts.all().forEach(each -> unsent.add(logged(each)));
        sent.write();
        unsent.write();
        sent.finish();
        unsent.finish();
    }
}
