package io.jenkins.plugins.metakraftwerk.server;

import hudson.AbortException;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Pattern;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What the button 'Test connection' does: asks for the patterns and says how many a job could choose from, or what went
 * wrong.
 */
final class ConnectionCheck {

    /** What a web server says that has other things to do. */
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
            CompletableFuture<List<Pattern>> call = Connections.ofServer(typed)
                    .withTimeout(WebWait.limits().call())
                    .patterns();
            String works =
                    Messages.test_ok(WebWait.await(call.exceptionallyCompose(ConnectionCheck::explained)).stream()
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

    private static <T> CompletableFuture<T> explained(Throwable failure) {
        Throwable cause = Futures.cause(failure);
        return CompletableFuture.failedFuture(
                cause instanceof MetaKraftwerkException known && isForeign(known)
                        ? known.with(Text.of("test.foreign", known.text()))
                        : cause);
    }

    /** The API's own errors have a message. */
    private static boolean isForeign(MetaKraftwerkException failure) {
        boolean silent =
                failure.serverMessage() == null || failure.serverMessage().isEmpty();
        return FOREIGN.contains(failure.text().key()) || (silent && failure.is(301, 302, 303, 307, 308, 403, 404, 405));
    }
}
