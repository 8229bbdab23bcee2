package io.jenkins.plugins.metakraftwerk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.metakraftwerk.standin.StandInData.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * MetaKraftwerk server for tests and demonstrations: real HTTP on a loopback port, with the documented rules and texts.
 * Anything can go wrong on demand. It starts with the records of {@link StandInDefaults}.
 */
public final class StandInServer implements AutoCloseable {

    public static final String BUILD_DEPLOYMENTS = "/api/v1/build_deployments";
    public static final String AUTHENTICATION = "/authentication";

    private static final String READY_TOKEN = StandInTokens.jwt("{\"sub\":\"jenkins\",\"exp\":4102444800}");

    private final StandInData data = new StandInData();
    private final StandInTokens tokens = new StandInTokens(READY_TOKEN);
    private final StandInApi api = new StandInApi(data, tokens);
    private final RequestLog log = new RequestLog();
    private final Faults faults = new Faults();
    private final ConcurrentLinkedQueue<Hold> holds = new ConcurrentLinkedQueue<>();
    private final HttpFront http;

    private StandInServer(int port, SSLContext tls) {
        tokens.account(StandInDefaults.EMAIL, StandInDefaults.PASSWORD);
        StandInDefaults.fill(this);
        try {
            http = new HttpFront(port, tls, log, faults, api);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts on a free port. */
    public static StandInServer start() {
        return start(0);
    }

    public static StandInServer start(int port) {
        return new StandInServer(port, null);
    }

    /** Starts with TLS on a free port. */
    public static StandInServer start(SSLContext tls) {
        return new StandInServer(0, tls);
    }

    /** Returns the address to configure, without a trailing slash. */
    public String url() {
        return http.url();
    }

    public int port() {
        return http.port();
    }

    /** Returns a token that every stand-in server accepts without a log-in. */
    public String token() {
        return READY_TOKEN;
    }

    /** Returns a token in the form of a JWT with these claims as JSON. A server accepts it only if told to. */
    public static String jwt(String claims) {
        return StandInTokens.jwt(claims);
    }

    public void acceptToken(String token) {
        tokens.accept(token);
    }

    public void refuseToken(String token) {
        tokens.refuse(token);
    }

    public void addAccount(String email, String password) {
        tokens.account(email, password);
    }

    /** Sets how long tokens of later log-ins are accepted. Their {@code exp} says the same. */
    public void tokenLife(Duration life) {
        tokens.life(life);
    }

    /** Makes all tokens from log-ins expire. */
    public void expireTokens() {
        tokens.expire();
    }

    /** Sets the clock by which tokens expire. */
    public void clock(Clock clock) {
        tokens.clock(clock);
    }

    /** Sends lists in pages of this many entries; 0 for plain arrays. */
    public void pageSize(int entries) {
        api.pageSize(entries);
    }

    /** Delays every response by this time. */
    public void delay(Duration delay) {
        http.delay(delay);
    }

    public List<ReceivedRequest> requests() {
        return log.all();
    }

    public List<ReceivedRequest> requests(String method, String path) {
        return log.matching(request -> request.is(method, path));
    }

    public void clearRequests() {
        log.clear();
    }

    /** Returns the number of TCP connections that the requests came over. */
    public int connections() {
        return log.connections();
    }

    /** Waits until this many such requests have arrived. Fails if they do not in time. */
    public void awaitRequest(String method, String path, int count, Duration limit) {
        log.await(request -> request.is(method, path), count, limit);
    }

    public void fault(Predicate<ReceivedRequest> when, int times, Fault fault) {
        faults.add(when, times, fault);
    }

    public void fault(String method, String path, int times, Fault fault) {
        fault(request -> request.is(method, path), times, fault);
    }

    public void clearFaults() {
        faults.clear();
    }

    /** Holds the next such request before its work is done. */
    public Hold hold(String method, String path) {
        return hold(method, path, Fault.NONE);
    }

    /** Holds the next such request before this fault. */
    public Hold hold(String method, String path, Fault fault) {
        Hold hold = newHold();
        fault(method, path, 1, fault.before(hold::gate));
        return hold;
    }

    /** Does the work of the next such request and holds its response. */
    public Hold holdAnswer(String method, String path) {
        return holdAnswer(method, path, Fault.NONE);
    }

    /** Does the work of the next such request and holds the response of the fault. */
    public Hold holdAnswer(String method, String path, Fault fault) {
        Hold hold = newHold();
        fault(method, path, 1, fault.between(hold::gate));
        return hold;
    }

    /** Holds every such request before its work is done. */
    public Hold holdAll(String method, String path) {
        Hold hold = newHold();
        fault(method, path, Integer.MAX_VALUE, Fault.NONE.before(hold::gate));
        return hold;
    }

    private Hold newHold() {
        Hold hold = new Hold();
        holds.add(hold);
        return hold;
    }

    /** Returns the existing records, by ascending id, with added ones. */
    public List<JsonNode> deployments() {
        return List.copyOf(data.all(Table.BUILD_DEPLOYMENTS));
    }

    /** Waits until there are this many records. Fails if there are not in time. */
    public void awaitDeployments(int count, Duration limit) {
        data.await(Table.BUILD_DEPLOYMENTS, count, limit);
    }

    /** Adds the record of a deployment that somebody else triggered. */
    public long addBuildDeployment(long build, long pattern, long deployment, Long agent, Long agentGroup) {
        ObjectNode fields = StandInRecords.buildDeployment(build, pattern, deployment, null, agent, agentGroup);
        return data.append(Table.BUILD_DEPLOYMENTS, fields).get("id").asLong();
    }

    public void addPattern(
            long id, String name, String type, String version, boolean active, boolean deleted, boolean disabled) {
        data.put(Table.PATTERNS, StandInRecords.pattern(id, name, type, version, active, deleted, disabled));
    }

    public void addDeployment(long id, long pattern, String name) {
        data.put(Table.DEPLOYMENTS, StandInRecords.deployment(id, pattern, name));
    }

    public void addAgentGroup(long id, String name, String description) {
        data.put(Table.AGENT_GROUPS, StandInRecords.agentGroup(id, name, description));
    }

    public void addAgent(long id, String name, boolean online, Long group) {
        data.put(Table.AGENTS, StandInRecords.agent(id, name, online, group));
    }

    public void addBuild(long id, String status, int progress, String message) {
        data.put(Table.BUILDS, StandInRecords.build(id, status, progress, message));
    }

    public void addProject(long id, String name) {
        data.put(Table.PROJECTS, StandInRecords.project(id, name));
    }

    /** Changes a field of a build, named as in the API. */
    public void changeBuild(long id, String field, Object value) {
        data.get(Table.BUILDS, id)
                .ifPresent(build -> data.put(Table.BUILDS, build.set(field, StandInData.JSON.valueToTree(value))));
    }

    /** Changes a field of an agent, named as in the API. */
    public void changeAgent(long id, String field, Object value) {
        data.get(Table.AGENTS, id)
                .ifPresent(agent -> data.put(Table.AGENTS, agent.set(field, StandInData.JSON.valueToTree(value))));
    }

    /** Sets the names of its releases, by their groups. */
    public void setReleases(long build, Map<String, String> names) {
        data.releases(build, names);
    }

    public void removeBuild(long id) {
        data.remove(Table.BUILDS, id);
    }

    public void setBuild(long id, String status, int progress, String message) {
        addBuild(id, status, progress, message);
    }

    /** Marks the build as deleted and keeps its record. */
    public void deleteBuild(long id) {
        data.get(Table.BUILDS, id).ifPresent(build -> data.put(Table.BUILDS, build.put("deleted", 1)));
    }

    public void removePattern(long id) {
        data.remove(Table.PATTERNS, id);
    }

    /** Makes every build id exist, as a finished build. */
    public void acceptAnyBuild() {
        data.acceptAnyBuild();
    }

    @Override
    public void close() {
        http.close();
        holds.forEach(Hold::release);
    }
}
