package io.jenkins.plugins.metakraftwerk.server;

import hudson.AbortException;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Pattern;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.List;
import java.util.Set;

/**
 * Does the work of the button 'Test connection': reads the patterns and tells how many a job could choose from, or why
 * that failed.
 */
final class ConnectionCheck {

    /** Keys of failures that point to a web server other than MetaKraftwerk. */
    private static final Set<String> FOREIGN =
            Set.of("answer.notJson", "answer.noList", "answer.unreadable", "answer.null");

    private ConnectionCheck() {}

    static FormValidation run(MetaKraftwerkServer typed) {
        if (typed.complaint().isPresent()) {
            return FormValidation.error(typed.complaint().get());
        }
        if (typed.getCredentialsId() == null) {
            return FormValidation.error(Messages.test_noCredential());
        }
        try {
            MetaKraftwerkClient client = Connections.ofServer(typed)
                    .withTimeout(WebRequestWait.limits().call());
            String works = Messages.test_ok(WebRequestWait.await(() -> patterns(client)).stream()
                    .filter(Pattern::usable)
                    .map(Pattern::name)
                    .distinct()
                    .count());
            return typed.isUsageRestricted()
                            && ServerCredentials.isForEveryJob(typed.getCredentialsId(), typed.getUrl())
                    ? FormValidation.warning(works + " " + Messages.lending_notSystem())
                    : FormValidation.ok(works);
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static List<Pattern> patterns(MetaKraftwerkClient client)
            throws MetaKraftwerkException, InterruptedException {
        try {
            return client.patterns();
        } catch (MetaKraftwerkException e) {
            throw isForeign(e) ? e.with(Text.forKey("test.foreign", e.text())) : e;
        }
    }

    /** Returns true if the response seems to come from another web server: errors of the API have a message. */
    private static boolean isForeign(MetaKraftwerkException failure) {
        boolean silent =
                failure.serverMessage() == null || failure.serverMessage().isEmpty();
        return FOREIGN.contains(failure.text().key()) || (silent && failure.is(301, 302, 303, 307, 308, 403, 404, 405));
    }
}
