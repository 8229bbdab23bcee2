package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * The REST API of one MetaKraftwerk server, used with one credential. Source: the vendor's reference at
 * docs.metakraftwerk.com, REST API.
 *
 * <p>A virtual thread makes a call and waits for the response; an interrupt ends the call. A call is sent once, and a
 * second time only after a new log-in.
 */
public final class MetaKraftwerkClient {

    /** A call with a client. */
    public interface ClientCall<T> {
        T ask(MetaKraftwerkClient client) throws MetaKraftwerkException, InterruptedException;
    }

    private static final String BUILD_DEPLOYMENTS = "/build_deployments";

    private final HttpTransport transport;
    private final TokenSource tokens;
    private final Duration timeout;

    /** The name that failures show in place of the address; null for none. */
    private final String name;

    public MetaKraftwerkClient(HttpTransport transport, TokenSource tokens) {
        this(transport, tokens, HttpTransport.ANSWER_TIMEOUT, null);
    }

    private MetaKraftwerkClient(HttpTransport transport, TokenSource tokens, Duration timeout, String name) {
        this.transport = transport;
        this.tokens = tokens;
        this.timeout = timeout;
        this.name = name;
    }

    /** Returns the same client with another time limit for each of its requests. */
    public MetaKraftwerkClient withTimeout(Duration timeout) {
        return new MetaKraftwerkClient(transport, tokens, timeout, name);
    }

    /** Returns the same client whose failures show this name in place of the server's address. */
    public MetaKraftwerkClient named(String name) {
        return new MetaKraftwerkClient(transport, tokens, timeout, name);
    }

    /** True if calls of both go to the same server as the same user, with the same limits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof MetaKraftwerkClient that
                && transport == that.transport
                && tokens.equals(that.tokens)
                && timeout.equals(that.timeout)
                && Objects.equals(name, that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(transport, tokens, timeout, name);
    }

    public ServerUrl server() {
        return transport.server();
    }

    /** Returns all executions that a filter allows, by ascending id. Limits: 100,000 executions, 10 MiB. */
    public List<BuildDeployment> find(BuildDeploymentFilter filter)
            throws MetaKraftwerkException, InterruptedException {
        Collector<BuildDeployment, ?, List<BuildDeployment>> sorted =
                Collectors.collectingAndThen(Collectors.toCollection(ArrayList::new), deployments -> {
                    deployments.sort(Comparator.comparing(BuildDeployment::id));
                    return deployments;
                });
        return list(BUILD_DEPLOYMENTS, filter.query(), BuildDeployment.class, ListLimits.DEPLOYMENTS, sorted);
    }

    /**
     * Collects all executions that a filter allows, in the order in which the server lists them. They are read as a
     * stream and only the collector holds them. Limits: 200,000 executions, 64 MiB.
     *
     * @param collector gets each execution once, on threads of the HTTP client, one after another. If the list changes
     *     while it is read, everything begins anew with another container.
     */
    public <R> R collect(BuildDeploymentFilter filter, Collector<? super BuildDeployment, ?, R> collector)
            throws MetaKraftwerkException, InterruptedException {
        return list(BUILD_DEPLOYMENTS, filter.query(), BuildDeployment.class, ListLimits.LONG, collector);
    }

    /** Returns one execution. An unknown id fails with status 404. */
    public BuildDeployment get(long id) throws MetaKraftwerkException, InterruptedException {
        return get(BUILD_DEPLOYMENTS + "/" + id, one(BuildDeployment.class));
    }

    /**
     * Triggers a deployment. It changes the target system: check {@link MetaKraftwerkException#effect()} before you
     * send anything again. Call it on a virtual thread that nobody interrupts.
     *
     * @param wanted asked each time before the request goes out, since it may have to wait for a token
     */
    public BuildDeployment create(DeploymentRequest request, BooleanSupplier wanted)
            throws MetaKraftwerkException, InterruptedException {
        AuthenticatedCall.Spec spec = spec("POST", BUILD_DEPLOYMENTS, Map.of(), request, this::limit);
        return named(() -> call(spec, one(BuildDeployment.class), wanted));
    }

    public List<Pattern> patterns() throws MetaKraftwerkException, InterruptedException {
        return list("/patterns", Map.of(), Pattern.class);
    }

    /**
     * Lists the deployments of a pattern. An unknown pattern fails with status 404.
     *
     * @param pattern the pattern's name, or null
     * @param patternId the pattern's id, or null
     */
    public List<Deployment> deployments(String pattern, Long patternId)
            throws MetaKraftwerkException, InterruptedException {
        Map<String, Object> query = query("pattern", pattern);
        query.put("pattern_id", patternId);
        return list("/deployments", query, Deployment.class);
    }

    /** @param name null for all */
    public List<AgentGroup> agentGroups(String name) throws MetaKraftwerkException, InterruptedException {
        return list("/agent_groups", query("name", name), AgentGroup.class);
    }

    /** @param name null for all */
    public List<Agent> agents(String name) throws MetaKraftwerkException, InterruptedException {
        return list("/agents", query("name", name), Agent.class);
    }

    /**
     * Lists the agents of a group that are online and could carry out a deployment now.
     *
     * @param group its name, or null if {@code groupId} is given
     */
    public List<Agent> onlineAgents(String group, Long groupId) throws MetaKraftwerkException, InterruptedException {
        Map<String, Object> query = query("group", group);
        query.put("group_id", groupId);
        query.put("online", true);
        return list("/agents", query, Agent.class);
    }

    public List<Project> projects() throws MetaKraftwerkException, InterruptedException {
        return list("/projects", Map.of(), Project.class);
    }

    /**
     * Collects all builds that a filter allows, also deleted ones, with texts that can be shown. They are read as a
     * stream. Limits: 200,000 builds, 64 MiB.
     *
     * @param collector as in {@link #collect}
     */
    public <R> R builds(BuildFilter filter, Collector<? super Build, ?, R> collector)
            throws MetaKraftwerkException, InterruptedException {
        return list(
                "/builds",
                filter.query(),
                Build.class,
                ListLimits.BUILDS,
                Collectors.mapping(build -> build.shown(Build::clean), collector));
    }

    /** Returns one build with texts that can be shown. An unknown id fails with status 404. */
    public Build build(long id) throws MetaKraftwerkException, InterruptedException {
        return get(
                "/builds/" + id,
                response -> new WholeBodyParser<>(
                        response, body -> response.read(body, Build.class).shown(response::shown)));
    }

    private static Map<String, Object> query(String key, Object value) {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put(key, value);
        return query;
    }

    private static <T> BodyParser.Factory<T> one(Class<T> type) {
        return response -> new WholeBodyParser<>(response, body -> response.read(body, type));
    }

    private <T extends Identified> List<T> list(String path, Map<String, Object> query, Class<T> type)
            throws MetaKraftwerkException, InterruptedException {
        return list(path, query, type, ListLimits.WHOLE, Collectors.toCollection(ArrayList::new));
    }

    private <T extends Identified, A, R> R list(
            String path,
            Map<String, Object> query,
            Class<T> type,
            ListLimits limits,
            Collector<? super T, A, R> collector)
            throws MetaKraftwerkException, InterruptedException {
        TimeLimit limit = limit();
        PagedListReader.PageFetcher pages = (skip, parsers) -> {
            Map<String, Object> withSkip = new LinkedHashMap<>(query);
            withSkip.put("$skip", skip == 0 ? null : skip);
            return call(spec("GET", path, withSkip, null, () -> limit), parsers, () -> true);
        };
        String shown = spec("GET", path, Map.of(), null, () -> limit).toString();
        var spec = new PagedListReader.Spec<>(server(), shown, type, pages, limits, limit);
        return named(() -> new PagedListReader<>(spec, collector).read());
    }

    private <T> T get(String path, BodyParser.Factory<T> parsers) throws MetaKraftwerkException, InterruptedException {
        return named(() -> call(spec("GET", path, Map.of(), null, this::limit), parsers, () -> true));
    }

    private TimeLimit limit() {
        return new TimeLimit(transport.timing(), timeout);
    }

    private AuthenticatedCall.Spec spec(
            String method, String path, Map<String, ?> query, Object body, Supplier<TimeLimit> limit) {
        return new AuthenticatedCall.Spec(method, server().api(path, query), body, limit);
    }

    private <T> T call(AuthenticatedCall.Spec spec, BodyParser.Factory<T> parsers, BooleanSupplier wanted)
            throws MetaKraftwerkException, InterruptedException {
        return new AuthenticatedCall<>(transport, tokens, spec, parsers, wanted).make();
    }

    private <T> T named(ReadRetries.ReadCall<T> call) throws MetaKraftwerkException, InterruptedException {
        try {
            return call.read();
        } catch (MetaKraftwerkException e) {
            throw name == null ? e : e.naming(name);
        }
    }
}
