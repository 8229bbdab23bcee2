package io.jenkins.plugins.metakraftwerk.server;

import hudson.AbortException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.Repeats;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Checks a deployment on a server that may be closed to it: that is in its way too, beside all that the server tells. */
@Restricted(NoExternalUse.class)
public final class CheckOnTarget {

    private CheckOnTarget() {}

    /** How to come by the client, which may be refused. */
    public interface Access {
        MetaKraftwerkClient client() throws AbortException;
    }

    /** May block while it looks for the credential; what it answers is read on a virtual thread. */
    public static Repeats.Reading<CheckReport> of(
            Target target, Access access, Function<MetaKraftwerkClient, Repeats.Reading<CheckReport>> check) {
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
            return () -> CheckReport.of(inTheWay);
        }
        Repeats.Reading<CheckReport> reading = check.apply(client);
        return () -> reading.read().after(inTheWay);
    }

    private static Text said(AbortException reason) {
        return Text.of("said", reason.getMessage());
    }
}
