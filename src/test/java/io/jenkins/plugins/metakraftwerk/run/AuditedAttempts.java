package io.jenkins.plugins.metakraftwerk.run;

import io.jenkins.plugins.metakraftwerk.deploy.Attempts;

/** Lines of attempts, as tests need them. */
final class AuditedAttempts {

    private AuditedAttempts() {}

    /** @param reason tells it from others */
    static AuditLine line(String event, String job, int number, String reason) {
        return AuditLine.forEvent(event, Attempts.at(job, number, "owner", "FAILED", null, reason));
    }
}
