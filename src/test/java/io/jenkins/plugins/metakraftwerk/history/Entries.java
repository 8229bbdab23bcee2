package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import java.util.List;

/** Entries as attempts leave them. */
final class Entries {

    static final String URL = "https://mk.example";

    private Entries() {}

    /** An attempt that brought a build, known by ids and names. */
    static AttemptRecord landed(String owner, long deploymentId, long build, long time) {
        return entry(owner, "DWH", 7L, "D" + deploymentId, deploymentId, build, build * 10, "CREATED", time);
    }

    /** An attempt without a record that was asked for by names. */
    static AttemptRecord open(String owner, String outcome, String deployment, long build, long time) {
        return entry(owner, "DWH", null, deployment, null, build, null, outcome, time);
    }

    static AttemptRecord entry(
            String owner,
            String pattern,
            Long patternId,
            String deployment,
            Long deploymentId,
            long build,
            Long record,
            String outcome,
            long time) {
        return Attempts.ended(
                owner,
                "production",
                URL,
                pattern,
                patternId,
                deployment,
                deploymentId,
                build,
                null,
                record,
                null,
                null,
                outcome,
                record == null ? "Because." : null,
                "mk-prod",
                "SERVER",
                time,
                "some/job",
                3,
                "some » job #3",
                List.of("ann"),
                false);
    }
}
