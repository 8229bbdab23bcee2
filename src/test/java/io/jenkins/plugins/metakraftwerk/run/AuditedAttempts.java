package io.jenkins.plugins.metakraftwerk.run;

import java.util.List;

/** Lines of attempts, as tests need them. */
final class AuditedAttempts {

    private AuditedAttempts() {}

    /** @param reason tells it from others */
    static AuditLine line(String event, String job, int number, String reason) {
        return new AuditLine(
                "2025-01-01T00:00:00Z",
                event,
                job,
                number,
                List.of("alice"),
                "production",
                "https://mk.example",
                "mk-prod",
                "SERVER",
                5139L,
                "CORE_DV_HLS",
                "DEPLOY_TO_DEV",
                null,
                null,
                "mkDeploy",
                null,
                reason,
                null);
    }
}
