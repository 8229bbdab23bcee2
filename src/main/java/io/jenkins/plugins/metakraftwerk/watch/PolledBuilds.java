package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.Identified;
import io.jenkins.plugins.metakraftwerk.client.NewestCollector;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * The builds that one poll of a server has seen.
 *
 * @param builds the newest {@value #MOST}, the highest id first
 */
public record PolledBuilds(List<PolledBuild> builds) {

    /** Fewer builds than this finish between two polls. */
    static final int MOST = 10_000;

    /** The state of a build, as far as a trigger needs it. */
    enum State {
        /** It may still finish. */
        UNFINISHED,
        /** It can be deployed. */
        FINISHED,
        /** It failed, was canceled or was deleted. */
        VOID
    }

    /**
     * A build with the fields that a trigger needs.
     *
     * @param made stands for the creation time; empty if the server does not say
     */
    record PolledBuild(Long id, String made, State state, String name) implements Identified {

        private static PolledBuild from(Build build) {
            String made = build.createdAt() == null
                    ? ""
                    : Integer.toString(build.createdAt().hashCode(), Character.MAX_RADIX);
            return new PolledBuild(build.id(), made, state(build), name(build.name()));
        }

        /** Shortened, since many names are kept. */
        private static String name(String whole) {
            return whole == null || whole.length() <= RemoteText.NAME_LIMIT ? whole : RemoteText.name(whole);
        }

        private static State state(Build build) {
            if (build.isDeleted() || build.failed()) {
                return State.VOID;
            }
            return build.finished() ? State.FINISHED : State.UNFINISHED;
        }
    }

    /** Collects a poll from builds in any order. */
    public static Collector<Build, ?, PolledBuilds> collector() {
        return Collectors.collectingAndThen(
                Collectors.mapping(PolledBuild::from, NewestCollector.<PolledBuild>keeping(MOST)), PolledBuilds::new);
    }

    /** Returns the highest id; 0 if there is no build. */
    long highest() {
        return builds.isEmpty() ? 0 : builds.get(0).id();
    }

    public int size() {
        return builds.size();
    }

    /** Returns the number of builds that may still finish. */
    public long unfinished() {
        return builds.stream()
                .filter(build -> build.state() == State.UNFINISHED)
                .count();
    }
}
