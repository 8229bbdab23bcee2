package io.jenkins.plugins.metakraftwerk.run;

import hudson.model.Cause;
import hudson.model.Run;
import java.util.List;
import java.util.stream.Stream;

/** Who started a build. */
final class Starters {

    private Starters() {}

    /** The ids of users, also of those who started what started the build. */
    static List<String> of(Run<?, ?> build) {
        return of(build.getCauses()).distinct().toList();
    }

    private static Stream<String> of(List<Cause> causes) {
        return causes.stream().flatMap(cause -> switch (cause) {
            case Cause.UserIdCause user when user.getUserId() != null -> Stream.of(user.getUserId());
            case Cause.UpstreamCause upstream -> of(upstream.getUpstreamCauses());
            default -> Stream.empty();
        });
    }
}
