package io.jenkins.plugins.metakraftwerk.server;

import hudson.AbortException;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.Pattern;
import java.util.List;

/** What the button 'Test connection' does: asks for the patterns and says how many there are, or what went wrong. */
final class ConnectionCheck {

    private ConnectionCheck() {}

    static FormValidation run(MetaKraftwerkServer typed) {
        if (typed.complaint().isPresent()) {
            return FormValidation.error(typed.complaint().get());
        }
        if (typed.getCredentialsId() == null) {
            return FormValidation.error(Messages.test_noCredential());
        }
        try {
            MetaKraftwerkClient client = Connections.ofServer(typed);
            List<Pattern> patterns =
                    WebWait.await(client.withTimeout(WebWait.limits().call()).patterns(null));
            String seen = Messages.test_ok(patterns.size());
            return client.server().isPlainHttp()
                    ? FormValidation.warning(seen + " " + Messages.server_url_plainHttp())
                    : FormValidation.ok(seen);
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
