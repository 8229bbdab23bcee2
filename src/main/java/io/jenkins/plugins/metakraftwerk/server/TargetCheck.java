package io.jenkins.plugins.metakraftwerk.server;

import hudson.AbortException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Checks a deployment without sending it. Also reports why the server may not be used, beside all that the server
 * itself reports.
 */
@Restricted(NoExternalUse.class)
public final class TargetCheck {

    private TargetCheck() {}

    /** Gets the client, which may be refused. */
    public interface Access {
        MetaKraftwerkClient client() throws AbortException;
    }

    /**
     * Prepares a check. May block while it looks up the credential. The returned call reads the report on a virtual
     * thread.
     */
    public static ReadRetries.ReadCall<CheckReport> prepare(
            Target target, Access access, Function<MetaKraftwerkClient, ReadRetries.ReadCall<CheckReport>> check) {
        List<Text> problems = new ArrayList<>();
        try {
            Connections.requireOpen(target);
        } catch (AbortException e) {
            problems.add(message(e));
        }
        MetaKraftwerkClient client;
        try {
            client = access.client();
        } catch (AbortException e) {
            if (!problems.contains(message(e))) {
                problems.add(message(e));
            }
            return () -> CheckReport.withProblems(problems);
        }
        ReadRetries.ReadCall<CheckReport> call = check.apply(client);
        return () -> call.read().after(problems);
    }

    private static Text message(AbortException reason) {
        return Text.forKey("said", reason.getMessage());
    }
}
