package io.jenkins.plugins.metakraftwerk.form;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import hudson.AbortException;
import io.jenkins.plugins.metakraftwerk.client.Agent;
import io.jenkins.plugins.metakraftwerk.client.AgentGroup;
import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.BuildFilter;
import io.jenkins.plugins.metakraftwerk.client.Deployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.NewestCollector;
import io.jenkins.plugins.metakraftwerk.client.Pattern;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.Project;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.form.LocalizedList.Choice;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import io.jenkins.plugins.metakraftwerk.server.WebRequestWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jvnet.localizer.LocaleProvider;

/**
 * Caches lists of the server for a minute. A list that several forms ask for is read once. It does not check
 * permissions: the caller has checked that the credential of the client may be used.
 */
final class ServerListCache {

    static final Duration KEPT = Duration.ofSeconds(60);

    /**
     * Time to keep a failure. Short, so that a corrected credential helps soon; long enough for a page with many forms.
     */
    static final Duration FAILURE_KEPT = Duration.ofSeconds(5);

    /** Maximum size in characters; about 20 MB. */
    private static final long MOST_HELD = 10_000_000;

    /** Maximum number of builds in a list, as many as a person may search. */
    static final int MOST_BUILDS = 10_000;

    private enum Kind {
        PATTERNS,
        DEPLOYMENTS,
        AGENTS,
        AGENT_GROUPS,
        PROJECTS,
        BUILDS,
        PATTERN_NAMES
    }

    /** The client stands for server and credential: it is equal for the same two. */
    private record Key(Kind kind, MetaKraftwerkClient client, String parent) {}

    private final AsyncCache<Key, CachedList> cache;

    ServerListCache(Ticker time) {
        cache = Caffeine.newBuilder()
                .ticker(time)
                // Evicts at once, so that the cache stays within its bounds under load.
                .executor(Runnable::run)
                .maximumWeight(MOST_HELD)
                .weigher((Key key, CachedList kept) -> key.parent().length() + kept.size())
                .expireAfter(Expiry.writing((Key key, CachedList kept) -> kept.failure() == null ? KEPT : FAILURE_KEPT))
                .buildAsync();
    }

    /** Lists the patterns that can be deployed, as 'NAME (type, version)'. */
    LocalizedList patterns(MetaKraftwerkClient client) {
        return list(Kind.PATTERNS, client, "", MetaKraftwerkClient::patterns, ServerListCache::patternList);
    }

    /**
     * Lists the deployments of a pattern.
     *
     * @param pattern its name, or its id if {@code byId}
     */
    LocalizedList deployments(MetaKraftwerkClient client, String pattern, boolean byId) {
        return list(
                Kind.DEPLOYMENTS,
                client,
                byId + pattern,
                limited -> limited.deployments(byId ? null : pattern, byId ? Long.valueOf(pattern) : null),
                deployments -> named(deployments.stream(), Deployment::name, Deployment::name));
    }

    LocalizedList agentGroups(MetaKraftwerkClient client) {
        return list(
                Kind.AGENT_GROUPS,
                client,
                "",
                limited -> limited.agentGroups(null),
                groups -> named(groups.stream(), AgentGroup::name, AgentGroup::name));
    }

    LocalizedList projects(MetaKraftwerkClient client) {
        return list(
                Kind.PROJECTS,
                client,
                "",
                MetaKraftwerkClient::projects,
                projects -> named(projects.stream().filter(Project::usable), Project::name, Project::name));
    }

    /** Lists the agents and marks those that are offline. */
    LocalizedList agents(MetaKraftwerkClient client) {
        return list(Kind.AGENTS, client, "", limited -> limited.agents(null), ServerListCache::agentList);
    }

    /**
     * Lists the newest builds that can be deployed, at most {@link #MOST_BUILDS}, by descending id.
     *
     * @param alsoRunning true to list unfinished builds too
     */
    LocalizedList builds(MetaKraftwerkClient client, BuildFilter filter, boolean alsoRunning) {
        // Read before the builds and not within: a cache must not be changed while it makes an entry.
        ReadRetries.ReadCall<CachedList> names =
                shared(Kind.PATTERN_NAMES, client, "", MetaKraftwerkClient::patterns, ServerListCache::patternNames);
        var newest = Collectors.filtering(
                (Build build) -> !build.isDeleted() && (build.finished() || (alsoRunning && build.unfinished())),
                NewestCollector.<Build>keeping(MOST_BUILDS));
        return list(
                Kind.BUILDS,
                client,
                parent(filter, alsoRunning),
                limited -> new NamedBuilds(limited.builds(filter, newest), names.read()),
                named -> CachedList.withEntries(BuildLabels.entries(named.builds(), named.names())));
    }

    /** Returns the label of a build if the cache has the list; sends no request. */
    Optional<String> knownBuild(MetaKraftwerkClient client, BuildFilter filter, boolean alsoRunning, String id) {
        var kept = cache.getIfPresent(new Key(Kind.BUILDS, client, parent(filter, alsoRunning)));
        return kept == null
                ? Optional.empty()
                : kept.getNow(CachedList.withEntries(List.of())).entries().stream()
                        .filter(entry -> entry.value().equals(id))
                        .map(entry -> entry.label().apply(LocaleProvider.getLocale()))
                        .findFirst();
    }

    private static String parent(BuildFilter filter, boolean alsoRunning) {
        return alsoRunning + filter.toString();
    }

    private record NamedBuilds(List<Build> builds, CachedList names) {}

    private <T> LocalizedList list(
            Kind kind,
            MetaKraftwerkClient client,
            String parent,
            MetaKraftwerkClient.ClientCall<T> call,
            Function<T, CachedList> toList) {
        try {
            return WebRequestWait.await(shared(kind, client, parent, call, toList))
                    .in(LocaleProvider.getLocale());
        } catch (AbortException e) {
            return LocalizedList.failed(e.getMessage());
        }
    }

    /** Begins the call, unless it has begun. The returned call never fails: a failure becomes a list with a reason. */
    private <T> ReadRetries.ReadCall<CachedList> shared(
            Kind kind,
            MetaKraftwerkClient client,
            String parent,
            MetaKraftwerkClient.ClientCall<T> call,
            Function<T, CachedList> toList) {
        MetaKraftwerkClient limited = client.withTimeout(WebRequestWait.limits().call());
        var shared = cache.get(
                new Key(kind, client, parent),
                (key, executor) -> VirtualThreads.begin(Threads.http(), () -> {
                            T response = call.ask(limited);
                            return new PlatformCalls(Threads.http()).get(() -> toList.apply(response));
                        })
                        .exceptionally(failure -> CachedList.failed(WebRequestWait.message(Futures.cause(failure)))));
        return () -> VirtualThreadWaits.await(shared);
    }

    /** Lists names by id, even of patterns that can no longer be deployed. */
    private static CachedList patternNames(List<Pattern> patterns) {
        return named(patterns.stream(), pattern -> pattern.id().toString(), Pattern::name);
    }

    private static CachedList patternList(List<Pattern> patterns) {
        return named(patterns.stream().filter(Pattern::usable), Pattern::name, pattern -> {
            String details = Stream.of(pattern.type(), pattern.versNo())
                    .filter(detail -> detail != null && !detail.isBlank())
                    .collect(Collectors.joining(", "));
            return details.isEmpty() ? pattern.name() : pattern.name() + " (" + details + ")";
        });
    }

    private static CachedList agentList(List<Agent> agents) {
        Set<String> online = agents.stream()
                .filter(agent -> agent.usable() && !agent.offline())
                .map(Agent::name)
                .collect(Collectors.toSet());
        return CachedList.withEntries(choices(agents.stream().filter(Agent::usable), Agent::name, Agent::name).stream()
                .map(agent -> online.contains(agent.value())
                        ? CachedList.named(agent)
                        : new CachedList.Entry(agent.value(), Messages._list_offline(agent.label())::toString))
                .toList());
    }

    private static <T> CachedList named(Stream<T> records, Function<T, String> value, Function<T, String> label) {
        return CachedList.named(choices(records, value, label));
    }

    /**
     * Returns the entries sorted by label. If several have the same name, only the first, since a job stores the name.
     * The value is the name as the server has it, or else it could not be deployed. The label has no invisible
     * characters, which could deceive a reader.
     */
    private static <T> List<Choice> choices(Stream<T> records, Function<T, String> value, Function<T, String> label) {
        Map<String, Choice> byValue = new LinkedHashMap<>();
        records.forEach(record -> byValue.putIfAbsent(
                value.apply(record), new Choice(value.apply(record), RemoteText.name(label.apply(record)))));
        List<Choice> choices = new ArrayList<>(byValue.values());
        choices.sort(Comparator.comparing(Choice::label, String.CASE_INSENSITIVE_ORDER));
        return choices;
    }
}
