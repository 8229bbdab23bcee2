package io.jenkins.plugins.metakraftwerk.run;

import hudson.model.Cause;
import hudson.model.Run;
import java.util.List;
import java.util.stream.Stream;

/** Finds the users who started a build. */
final class BuildStarters {

    private BuildStarters() {}

    /** Returns the ids of users who started the build, or a build upstream of it. */
    static List<String> userIds(Run<?, ?> build) {
        return userIds(build.getCauses()).distinct().toList();
    }

    private static Stream<String> userIds(List<Cause> causes) {
        return causes.stream().flatMap(cause -> switch (cause) {
            case Cause.UserIdCause user when user.getUserId() != null -> Stream.of(user.getUserId());
            case Cause.UpstreamCause upstream -> userIds(upstream.getUpstreamCauses());
            default -> Stream.empty();
        });
    }
}
