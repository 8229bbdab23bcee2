package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Agent;
import io.jenkins.plugins.metakraftwerk.client.AgentGroup;
import io.jenkins.plugins.metakraftwerk.client.Deployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Pattern;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.Project;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.SimilarNames;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Finds the given names that the server does not have, since the server's own message may not tell. Reads one list for
 * each name, and only after a failure. A list that cannot be read is ignored.
 */
public final class UnknownNames {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SHOWN = 3;

    private static final String PATTERN = "names.pattern";
    private static final String DEPLOYMENT = "names.deployment";

    /** Kinds of names that identify a target. */
    private static final Set<String> TARGET = Set.of(PATTERN, DEPLOYMENT);

    private final MetaKraftwerkClient client;
    private final PlatformCalls platformCalls;
    private final List<ReadRetries.ReadCall<Optional<UnknownName>>> reads = new ArrayList<>();

    private record UnknownName(Text text, boolean isOfTarget) {}

    /**
     * Message of the failure.
     *
     * @param noSuchTarget true if the pattern or the deployment is missing
     */
    private record Explanation(Text text, boolean noSuchTarget) {

        Explanation and(UnknownName unknown) {
            return new Explanation(
                    Text.forKey("names.also", text, unknown.text()), noSuchTarget || unknown.isOfTarget());
        }

        MetaKraftwerkException explain(MetaKraftwerkException failure) {
            MetaKraftwerkException explained = failure.with(text);
            return noSuchTarget ? explained.ofNoSuchTarget() : explained;
        }
    }

    private UnknownNames(MetaKraftwerkClient client, RequestedNames requested, PlatformCalls platformCalls) {
        this.client = client.withTimeout(PATIENCE);
        this.platformCalls = platformCalls;
        addRead(PATTERN, requested.pattern(), all -> all.patterns(), Pattern::name, Pattern::usable);
        addRead(
                DEPLOYMENT,
                requested.deployment(),
                all -> all.deployments(requested.pattern(), requested.patternId()),
                Deployment::name,
                deployment -> true);
        addRead("names.project", requested.project(), all -> all.projects(), Project::name, Project::usable);
        addRead("names.agent", requested.agent(), all -> all.agents(null), Agent::name, Agent::usable);
        addRead("names.group", requested.agentGroup(), all -> all.agentGroups(null), AgentGroup::name, group -> true);
    }

    /**
     * Adds the missing names to a failure with status 400 or 404, for which they may be the reason. Each read has a
     * time-out of 5 s.
     *
     * @param client supplies the client; asked only for such a failure
     * @param platformCalls compares names, which takes longer than a virtual thread may
     * @return the given failure, with another message if names are missing
     */
    public static MetaKraftwerkException explain(
            MetaKraftwerkException failure,
            Supplier<MetaKraftwerkClient> client,
            RequestedNames requested,
            PlatformCalls platformCalls)
            throws MetaKraftwerkException, InterruptedException {
        return failure.is(400, 404)
                ? withMissingNames(failure.text(), client.get(), requested, platformCalls)
                        .explain(failure)
                : failure;
    }

    /**
     * Adds the missing names to a message.
     *
     * @param platformCalls compares names, as in {@link #explain}
     */
    public static Text after(
            Text message, MetaKraftwerkClient client, RequestedNames requested, PlatformCalls platformCalls)
            throws MetaKraftwerkException, InterruptedException {
        return withMissingNames(message, client, requested, platformCalls).text();
    }

    private static Explanation withMissingNames(
            Text message, MetaKraftwerkClient client, RequestedNames requested, PlatformCalls platformCalls)
            throws MetaKraftwerkException, InterruptedException {
        Explanation explanation = new Explanation(message, false);
        for (Optional<UnknownName> unknown :
                VirtualThreads.together(new UnknownNames(client, requested, platformCalls).reads)) {
            explanation = unknown.map(explanation::and).orElse(explanation);
        }
        return explanation;
    }

    private <T> void addRead(
            String kind,
            String name,
            MetaKraftwerkClient.ClientCall<List<T>> list,
            Function<T, String> nameOf,
            Predicate<T> usable) {
        if (name != null) {
            reads.add(() -> {
                try {
                    List<T> all = list.ask(client);
                    return platformCalls.get(() -> unknown(kind, name, all, nameOf, usable));
                } catch (MetaKraftwerkException | RuntimeException | Error e) {
                    return Optional.empty();
                }
            });
        }
    }

    private static <T> Optional<UnknownName> unknown(
            String kind, String name, List<T> all, Function<T, String> nameOf, Predicate<T> usable) {
        if (all.stream().map(nameOf).anyMatch(name::equals)) {
            return Optional.empty();
        }
        List<String> names = all.stream().filter(usable).map(nameOf).toList();
        return Optional.of(new UnknownName(unknown(kind, name, names), TARGET.contains(kind)));
    }

    /** Returns the text for a missing name, with similar names that can be used. */
    static Text unknown(String kind, String name, List<String> usable) {
        Text sentence = Text.forKey("names.unknown", Text.forKey(kind), RemoteText.name(name));
        if (usable.isEmpty()) {
            return Text.forKey("names.none", sentence);
        }
        List<String> similar = SimilarNames.find(name, usable, SHOWN).stream()
                .map(RemoteText::name)
                .toList();
        return similar.isEmpty()
                ? Text.forKey("names.alone", Text.forKey(kind), RemoteText.name(name))
                : Text.forKey("names.nearest", sentence, String.join(", ", similar));
    }
}
