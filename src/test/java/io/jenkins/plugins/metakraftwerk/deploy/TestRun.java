package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** One run, and everything that it says and stores. */
final class TestRun implements ServerConnector, ServerConnection, DeploymentRunListener {

    /** What is missing when a run wants to find its server and credential. */
    interface Way {
        void find() throws MetaKraftwerkException;
    }

    static final Duration RETRY_LIMIT = Duration.ofMinutes(2);

    private static final AtomicInteger COUNT = new AtomicInteger();

    final List<String> log = new CopyOnWriteArrayList<>();
    final List<DeploymentState> states = new CopyOnWriteArrayList<>();
    final List<String> found = new CopyOnWriteArrayList<>();
    private final CompletableFuture<DeploymentResult> late = new CompletableFuture<>();
    private final RunFixture world;
    private final DeploymentRequest request;
    private Supplier<MetaKraftwerkClient> client;
    private ServerUrl server;
    private Boolean skipIfDeployed;
    private boolean waitForBuild;
    private boolean sendAfterUnknown;
    private Duration retryLimit = RETRY_LIMIT;
    private String owner = "trial " + COUNT.incrementAndGet();
    private String build = "build of " + owner;
    private Supplier<BuildLocation> place = () -> new BuildLocation(null, 0, "app of " + build);
    private Runnable hearing = () -> {};
    private Function<BuildLocation, Optional<String>> names = known -> Optional.of(known.buildName());
    private Supplier<MetaKraftwerkClient> renewed;
    private Consumer<Text> listener = text -> {};
    private Function<DeploymentState, CompletableFuture<?>> store = state -> CompletableFuture.completedFuture(null);
    private Supplier<CompletableFuture<Optional<String>>> refusal =
            () -> CompletableFuture.completedFuture(Optional.empty());
    private Way way = () -> {};
    private DeploymentPlan plan;
    private Supplier<CompletableFuture<?>> anchor = () -> CompletableFuture.completedFuture(null);
    private DeploymentRun run;
    private DeploymentState begin;
    private boolean goesOn;
    private CompletableFuture<DeploymentResult> result;
    private final Signal interrupted = new Signal();

    TestRun(RunFixture world, DeploymentRequest request) {
        this.world = world;
        this.request = request;
        client = () -> world.client;
        server = world.client.server();
    }

    /** Also another server, if it is one of that. */
    TestRun client(MetaKraftwerkClient client) {
        server = client.server();
        return client(() -> client);
    }

    /** @param client of the same server, asked each time that the run wants one */
    TestRun client(Supplier<MetaKraftwerkClient> client) {
        this.client = client;
        return this;
    }

    TestRun skipIfDeployed() {
        return skipIfDeployed(true);
    }

    TestRun skipIfDeployed(Boolean skip) {
        skipIfDeployed = skip;
        return this;
    }

    TestRun sendAfterUnknown() {
        sendAfterUnknown = true;
        return this;
    }

    TestRun retryLimit(Duration limit) {
        retryLimit = limit;
        return this;
    }

    /** The Jenkins build that this run is part of; each has one of its own if nothing is said. */
    TestRun inBuild(String build) {
        this.build = build;
        return this;
    }

    /** Where that build is, asked each time. */
    TestRun at(Supplier<BuildLocation> place) {
        this.place = place;
        return this;
    }

    /** What happens when the record of an earlier attempt is told. */
    TestRun hearing(Runnable hearing) {
        this.hearing = hearing;
        return this;
    }

    /** What Jenkins calls builds now. */
    TestRun names(Function<BuildLocation, Optional<String>> names) {
        this.names = names;
        return this;
    }

    /** The client that is there when the credential is looked up once more. */
    TestRun renewed(Supplier<MetaKraftwerkClient> renewed) {
        this.renewed = renewed;
        return this;
    }

    TestRun owner(String owner) {
        this.owner = owner;
        return this;
    }

    TestRun listener(Consumer<Text> listener) {
        this.listener = listener;
        return this;
    }

    /** @param anchor asked before the run notes that it sends */
    TestRun anchor(Supplier<CompletableFuture<?>> anchor) {
        this.anchor = anchor;
        return this;
    }

    /** @param store hears of each state; that the run is about to send is followed by that when the future completes */
    TestRun store(Function<DeploymentState, CompletableFuture<?>> store) {
        this.store = store;
        return this;
    }

    /** @param refusal asked each time that the run is about to send */
    TestRun refused(Supplier<Optional<String>> refusal) {
        return refusedLater(() -> CompletableFuture.completedFuture(refusal.get()));
    }

    /** @param refusal asked likewise; what it answers may come later */
    TestRun refusedLater(Supplier<CompletableFuture<Optional<String>>> refusal) {
        this.refusal = refusal;
        return this;
    }

    /** @param way asked each time that the run looks for its server and credential */
    TestRun way(Way way) {
        this.way = way;
        return this;
    }

    TestRun start() {
        return startFrom(States.planned());
    }

    /** Starts with a wait for the build, of 10 minutes at most. */
    TestRun startWaiting() {
        return startFrom(DeploymentState.initial(true, States.WAIT, world.timing.now()));
    }

    TestRun startFrom(DeploymentState state) {
        if (state.standing() != DeploymentState.Standing.NOTHING_SENT) {
            return resume(state);
        }
        stopped(state);
        result = begin(run::start);
        return this;
    }

    private CompletableFuture<DeploymentResult> begin(Supplier<ReadRetries.ReadCall<DeploymentResult>> how) {
        ReadRetries.ReadCall<DeploymentResult> way = world.getAlone(how);
        return VirtualThreads.begin(world.shared().work(), () -> {
            try {
                return way.read();
            } catch (InterruptedException e) {
                interrupted.give();
                throw e;
            }
        });
    }

    /** As after a restart. */
    TestRun resume(DeploymentState state) {
        return resume(state, null);
    }

    /** @param enteredIn the ledger that it has entered for all that its build knows */
    TestRun resume(DeploymentState state, String enteredIn) {
        goesOn = true;
        stopped(state);
        note(state);
        result = begin(() -> run.resume(enteredIn));
        return this;
    }

    /** The same where the ledger knows of it what it knows. */
    TestRun resumeFrom(String enteredIn) {
        goesOn = true;
        stopped(States.planned());
        result = begin(() -> run.resume(enteredIn));
        return this;
    }

    private void note(DeploymentState state) {
        RunIdentity who = new RunIdentity(owner, build, place);
        world.alone(() -> world.ledger.runs().enter(who, server.toString(), request, source(), States.reread(state)));
    }

    /** Neither started nor resumed yet. */
    TestRun stopped(DeploymentState state) {
        waitForBuild |= state.phase() == DeploymentState.Phase.WAITING;
        plan = new DeploymentPlan(
                request, "Production", skipIfDeployed, waitForBuild, sendAfterUnknown, States.WAIT, retryLimit);
        begin = state;
        run = new DeploymentRun(world.shared(), this, plan, new RunIdentity(owner, build, place), this, state);
        return this;
    }

    @Override
    public AttemptSource source() {
        return RunFixture.SOURCE;
    }

    @Override
    public ServerUrl server() {
        return server;
    }

    @Override
    public ServerConnection connect() throws MetaKraftwerkException {
        way.find();
        return this;
    }

    @Override
    public void log(Text text) {
        log.add(text.toString());
        listener.accept(text);
    }

    @Override
    public void reached(DeploymentState state) {
        if (goesOn) {
            goesOn = false;
            return;
        }
        states.add(state);
        if (state.phase() != DeploymentState.Phase.SENDING) {
            store.apply(state);
        }
    }

    @Override
    public ReadRetries.ReadCall<?> anchor() {
        CompletableFuture<?> held = anchor.get();
        return () -> VirtualThreadWaits.await(held);
    }

    @Override
    public ReadRetries.ReadCall<Optional<Text>> sends() {
        CompletableFuture<?> stored = store.apply(stored());
        return () -> {
            VirtualThreadWaits.await(stored);
            return VirtualThreadWaits.await(refusal.get()).map(reason -> Text.forKey("said", reason));
        };
    }

    @Override
    public void late(DeploymentResult result) {
        late.complete(result);
    }

    @Override
    public void found(String owner, DeploymentResult result) {
        found.add(owner + ": " + result.origin() + " " + result.record().id());
        hearing.run();
    }

    @Override
    public Optional<String> buildName(BuildLocation build) {
        return names.apply(build);
    }

    @Override
    public MetaKraftwerkClient client() {
        return client.get();
    }

    @Override
    public boolean renew() {
        MetaKraftwerkClient before = client();
        MetaKraftwerkClient now = renewed == null ? before : renewed.get();
        client(now);
        return before != now;
    }

    boolean ended() {
        return result.isDone();
    }

    /** Whether its thread has ended without a result, since it was aborted. */
    boolean cancelled() {
        return interrupted.isGiven();
    }

    DeploymentResult result() {
        return TestClients.get(result);
    }

    long id() {
        return result().record().id();
    }

    MetaKraftwerkException failure() {
        return TestClients.failure(result);
    }

    /** Fails unless the run ends without knowing whether it has deployed. Returns what it says then. */
    String isUnknown() {
        MetaKraftwerkException failure = failure();
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("Outcome unknown");
        return failure.getMessage();
    }

    /** Fails unless the run ends with this. */
    void isDone(Origin origin, long id) {
        assertThat(result().origin()).isEqualTo(origin);
        assertThat(id()).isEqualTo(id);
    }

    /** All that the run has said, a line each. */
    String text() {
        return String.join("\n", log);
    }

    /** The result or the failure, whatever it ends with. */
    Object outcome() {
        return TestClients.get(result.handle((value, failure) -> failure == null ? value : failure));
    }

    /** What the run says when it is aborted and can find out at once. */
    String abort() {
        return said(abortLater());
    }

    /** What the run says when it is aborted and finds nothing out in time. */
    String abortInVain() {
        CompletableFuture<AbortOutcome> report = abortLater();
        // The end of its looks, and the pause after one.
        world.timing.awaitWaits(2);
        world.timing.advance(Duration.ofMillis(449));
        assertThat(report).as("before its patience ends").isNotDone();
        world.timing.advance(Duration.ofMillis(1));
        return said(report);
    }

    /** What its state alone says at an abort. */
    String saidFrom(DeploymentState state) {
        return AbortOutcome.from(state, plan).text().toString();
    }

    static String said(CompletableFuture<AbortOutcome> report) {
        return TestClients.get(report).text().toString();
    }

    CompletableFuture<AbortOutcome> abortLater() {
        if (result != null || !begin.isOut()) {
            return world.getAlone(run::abort);
        }
        note(begin);
        return world.getAlone(() -> run.abandon(null));
    }

    boolean isToldLate() {
        return late.isDone();
    }

    /** Who this run is in what is kept. */
    String owner() {
        return owner;
    }

    /** What was found out after the abort had been reported. */
    DeploymentResult awaitLate() {
        return TestClients.get(late);
    }

    /** The last state that was stored. */
    DeploymentState stored() {
        return states.get(states.size() - 1);
    }
}
