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

/** Checks a deployment on a server that may be closed to it: that is in its way too, beside all that the server tells. */
@Restricted(NoExternalUse.class)
public final class TargetCheck {

    private TargetCheck() {}

    /** How to come by the client, which may be refused. */
    public interface Access {
        MetaKraftwerkClient client() throws AbortException;
    }

    /** May block while it looks for the credential; what it answers is read on a virtual thread. */
    public static ReadRetries.ReadCall<CheckReport> prepare(
            Target target, Access access, Function<MetaKraftwerkClient, ReadRetries.ReadCall<CheckReport>> check) {
        List<Text> inTheWay = new ArrayList<>();
        try {
            Connections.requireOpen(target);
        } catch (AbortException e) {
            inTheWay.add(said(e));
        }
        MetaKraftwerkClient client;
        try {
            client = access.client();
        } catch (AbortException e) {
            if (!inTheWay.contains(said(e))) {
                inTheWay.add(said(e));
            }
            return () -> CheckReport.withProblems(inTheWay);
        }
        ReadRetries.ReadCall<CheckReport> reading = check.apply(client);
        return () -> reading.read().after(inTheWay);
    }

    private static Text said(AbortException reason) {
        return Text.forKey("said", reason.getMessage());
    }
}
