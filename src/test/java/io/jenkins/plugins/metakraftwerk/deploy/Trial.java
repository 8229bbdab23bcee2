package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Clients;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** One run, and everything that it says and stores. */
final class Trial {

    static final Duration RETRY_LIMIT = Duration.ofMinutes(2);

    private static final AtomicInteger COUNT = new AtomicInteger();

    final List<String> log = new CopyOnWriteArrayList<>();
    final List<DeploymentState> states = new CopyOnWriteArrayList<>();
    private final World world;
    private final DeploymentRequest request;
    private MetaKraftwerkClient client;
    private boolean skipIfDeployed;
    private Object owner = "trial " + COUNT.incrementAndGet();
    private Consumer<Text> listener = text -> {};
    private Function<DeploymentState, CompletableFuture<?>> store = state -> CompletableFuture.completedFuture(null);
    private DeploymentRun run;
    private CompletableFuture<DeploymentResult> result;

    Trial(World world, DeploymentRequest request) {
        this.world = world;
        this.request = request;
        client = world.client;
    }

    Trial client(MetaKraftwerkClient client) {
        this.client = client;
        return this;
    }

    Trial skipIfDeployed() {
        skipIfDeployed = true;
        return this;
    }

    Trial owner(Object owner) {
        this.owner = owner;
        return this;
    }

    Trial listener(Consumer<Text> listener) {
        this.listener = listener;
        return this;
    }

    Trial store(Function<DeploymentState, CompletableFuture<?>> store) {
        this.store = store;
        return this;
    }

    Trial start() {
        return startFrom(DeploymentState.planned());
    }

    Trial startFrom(DeploymentState state) {
        var plan = new DeploymentPlan(request, "Production", skipIfDeployed, false, false, RETRY_LIMIT, RETRY_LIMIT);
        run = new DeploymentRun(client, plan, world.timing, world.claims, owner, this::hear, this::keep);
        result = run.start(state);
        return this;
    }

    private void hear(Text text) {
        log.add(text.toString());
        listener.accept(text);
    }

    private CompletableFuture<?> keep(DeploymentState state) {
        states.add(state);
        return store.apply(state);
    }

    boolean ended() {
        return result.isDone();
    }

    boolean cancelled() {
        return result.isCancelled();
    }

    DeploymentResult result() {
        return Clients.get(result);
    }

    long id() {
        return result().record().id();
    }

    MetaKraftwerkException failure() {
        return Clients.failure(result);
    }

    /** The result or the failure, whatever it ends with. */
    Object outcome() {
        return Clients.get(result.handle((value, failure) -> failure == null ? value : failure));
    }

    /** What the run says when it is aborted. */
    String abort() {
        return Clients.get(abortLater()).toString();
    }

    CompletableFuture<Text> abortLater() {
        return run.abort().thenApply(Aborted::text);
    }

    /** The last state that was stored. */
    DeploymentState stored() {
        return states.get(states.size() - 1);
    }
}
