package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The REST API of one MetaKraftwerk server, seen with one credential. Source: the vendor's reference at
 * docs.metakraftwerk.com, REST API.
 *
 * <p>Every method answers at once; its future fails with {@link MetaKraftwerkException} only. Nothing is repeated,
 * except once after a new log-in. Cancelling a future ends its call.
 */
public final class MetaKraftwerkClient {

    private static final String BUILD_DEPLOYMENTS = "/build_deployments";

    private final Transport transport;
    private final Authenticator authenticator;
    private final Duration timeout;

    public MetaKraftwerkClient(Transport transport, Authenticator authenticator) {
        this(transport, authenticator, Transport.ANSWER_TIMEOUT);
    }

    private MetaKraftwerkClient(Transport transport, Authenticator authenticator, Duration timeout) {
        this.transport = transport;
        this.authenticator = authenticator;
        this.timeout = timeout;
    }

    /** The same client with another limit for each of its requests. */
    public MetaKraftwerkClient withTimeout(Duration timeout) {
        return new MetaKraftwerkClient(transport, authenticator, timeout);
    }

    /** Whether calls of both would go to the same server as the same user, with the same limits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof MetaKraftwerkClient that
                && transport == that.transport
                && authenticator.equals(that.authenticator)
                && timeout.equals(that.timeout);
    }

    @Override
    public int hashCode() {
        return Objects.hash(transport, authenticator, timeout);
    }

    public ServerUrl server() {
        return transport.server();
    }

    /** All executions that a filter lets through, by ascending id. */
    public CompletableFuture<List<BuildDeployment>> find(BuildDeploymentFilter filter) {
        return Futures.map(list(BUILD_DEPLOYMENTS, filter.query(), BuildDeployment.class), found -> {
            found.sort(Comparator.comparing(BuildDeployment::id));
            return found;
        });
    }

    /** What a collector makes of the executions that a filter lets through. */
    public <R> CompletableFuture<R> collect(
            BuildDeploymentFilter filter, java.util.stream.Collector<? super BuildDeployment, ?, R> collector) {
        return Futures.map(find(filter), found -> found.stream().collect(collector));
    }

    /** One execution; an unknown id fails with status 404. */
    public CompletableFuture<BuildDeployment> get(long id) {
        return get(BUILD_DEPLOYMENTS + "/" + id, Map.of(), one(BuildDeployment.class));
    }

    /**
     * Triggers a deployment. It changes the target system: see {@link MetaKraftwerkException#effect()} before anything
     * is sent again.
     */
    public CompletableFuture<BuildDeployment> create(DeploymentRequest request) {
        return create(request, () -> true);
    }

    /**
     * The same, as long as it is wanted.
     *
     * @param wanted asked before each time that the request goes out; it may have to wait for a token
     */
    public CompletableFuture<BuildDeployment> create(DeploymentRequest request, BooleanSupplier wanted) {
        return call("POST", BUILD_DEPLOYMENTS, Map.of(), request, one(BuildDeployment.class), wanted);
    }

    /** @param name null for all */
    public CompletableFuture<List<Pattern>> patterns(String name) {
        return list("/patterns", query("name", name), Pattern.class);
    }

    /**
     * The deployments of a pattern; an unknown pattern fails with status 404.
     *
     * @param pattern the pattern's name, or null
     * @param patternId the pattern's id, or null
     * @param name the deployment's name, or null for all
     */
    public CompletableFuture<List<Deployment>> deployments(String pattern, Long patternId, String name) {
        Map<String, Object> query = query("pattern", pattern);
        query.put("pattern_id", patternId);
        query.put("name", name);
        return list("/deployments", query, Deployment.class);
    }

    /** @param name null for all */
    public CompletableFuture<List<AgentGroup>> agentGroups(String name) {
        return list("/agent_groups", query("name", name), AgentGroup.class);
    }

    /** @param name null for all */
    public CompletableFuture<List<Agent>> agents(String name) {
        return list("/agents", query("name", name), Agent.class);
    }

    /** @param pattern the name of a pattern that the builds ran, or null for all builds */
    public CompletableFuture<List<Build>> builds(String pattern) {
        return list("/builds", query("pattern", pattern), Build.class);
    }

    /** One build, its words as they can be shown; an unknown id fails with status 404. */
    public CompletableFuture<Build> build(long id) {
        return get(
                "/builds/" + id,
                Map.of(),
                answer -> new WholeBody<>(answer, body -> {
                    Build build = answer.read(body, Build.class);
                    return new Build(
                            build.id(),
                            build.projectId(),
                            build.progress(),
                            answer.shown(build.status()),
                            answer.shown(build.message()),
                            build.name(),
                            build.deleted());
                }));
    }

    private static Map<String, Object> query(String key, Object value) {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put(key, value);
        return query;
    }

    private static <T> Body.Reading<T> one(Class<T> type) {
        return answer -> new WholeBody<>(answer, body -> answer.read(body, type));
    }

    private <T extends Record> CompletableFuture<List<T>> list(String path, Map<String, Object> query, Class<T> type) {
        Chain<List<T>> result = new Chain<>();
        // For all pages together: a server could go on with small ones for ever.
        CompletableFuture<Void> limit = transport.timing().after(timeout);
        limit.thenRun(() -> result.completeExceptionally(Failures.timeout(server(), "GET " + path, timeout)));
        result.whenComplete((list, failure) -> limit.cancel(false));
        nextPage(path, query, type, new ArrayList<>(), result);
        return result;
    }

    /** Reads on until as many entries are there as the server says; a plain array is the whole list. */
    private <T extends Record> void nextPage(
            String path, Map<String, Object> query, Class<T> type, List<T> read, Chain<List<T>> result) {
        Map<String, Object> withSkip = new LinkedHashMap<>(query);
        if (!read.isEmpty()) {
            withSkip.put("$skip", read.size());
        }
        Body.Reading<Boolean> reading = answer -> new WholeBody<>(answer, body -> {
            var page = answer.readPage(body, type);
            read.addAll(page.entries());
            boolean more = page.total() != null && read.size() < page.total();
            if (read.size() > Answer.MOST_ENTRIES || (more && page.total() > Answer.MOST_ENTRIES)) {
                throw answer.unusable("answer.tooMany");
            }
            if (more && page.entries().isEmpty()) {
                throw answer.unusable("answer.missingPage");
            }
            return more;
        });
        result.then(get(path, withSkip, reading), more -> {
            if (more) {
                nextPage(path, query, type, read, result);
            } else {
                result.complete(read);
            }
        });
    }

    private <T> CompletableFuture<T> get(String path, Map<String, ?> query, Body.Reading<T> reading) {
        return call("GET", path, query, null, reading, () -> true);
    }

    private <T> CompletableFuture<T> call(
            String method,
            String path,
            Map<String, ?> query,
            Object body,
            Body.Reading<T> reading,
            BooleanSupplier wanted) {
        var question = new Call.Question(method, transport.server().api(path, query), body, timeout);
        return new Call<>(transport, authenticator, question, reading, wanted).start();
    }
}
