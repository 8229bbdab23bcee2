package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.HttpTransport;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.ResponseThreads;
import io.jenkins.plugins.metakraftwerk.client.StoredTokenSource;
import io.jenkins.plugins.metakraftwerk.client.StubHttp;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.ReceivedRequest;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import io.jenkins.plugins.metakraftwerk.store.Journal;
import io.jenkins.plugins.metakraftwerk.store.JournalFile;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the runs of one controller share, and the server that they deploy on. */
final class RunFixture implements AutoCloseable {

    /** Where attempts come from, and with what. */
    static final AttemptSource SOURCE = new AttemptSource("mkDeploy", "stand-in", "mk-test", "STEP", null);

    final StandInServer server = StandInServer.start();
    final VirtualTiming timing = new VirtualTiming();

    /** The time that calls have; nothing happens in it by itself. */
    final VirtualTiming calls = new VirtualTiming();

    final MetaKraftwerkClient client = TestClients.forServer(server, calls, this::goOn);

    /** Where runs save and print. */
    Executor work = this::alone;

    /** Where the ledger is written. */
    Executor writer = this::write;

    /** Of all threads one is at work, whoever begins it. */
    private final ReentrantLock atWork = new ReentrantLock();

    /** What somebody added while another was at work, who writes it. */
    private final Queue<Runnable> unwritten = new ConcurrentLinkedQueue<>();

    final RunThreads threads = new RunThreads();
    Ledger ledger;
    RecordClaims claims;
    UnknownAttempts attempts;
    TurnQueue turns;

    /** What outlives the controller. */
    final MemoryDisk disk = new MemoryDisk();

    static final Path LEDGER = Path.of("ledger");
    Journal journal;

    RunFixture() {
        restart();
    }

    /** The controller is killed while its runs wait, and starts again with what was written. */
    void restart() {
        timing.forget();
        journal = newJournal();
        ledger = new Ledger(timing, journal);
        claims = ledger.claims();
        attempts = ledger.attempts();
        turns = ledger.turns();
    }

    private Journal newJournal() {
        return new Journal(new JournalFile(disk, LEDGER), task -> writer.execute(task), timing, Ledger.REMEMBERED);
    }

    void alone(Runnable task) {
        getAlone(() -> {
            task.run();
            return null;
        });
    }

    <T> T getAlone(Supplier<T> task) {
        atWork.lock();
        try {
            return task.get();
        } finally {
            atWork.unlock();
            writeWhatIsLeft();
        }
    }

    /**
     * At once, by who adds a line, who may have locks of the ledger and so must not wait for who is at work. In a Jenkins,
     * a thread that has none writes.
     */
    private void write(Runnable task) {
        unwritten.add(task);
        writeWhatIsLeft();
    }

    /** What follows an answer. */
    private void goOn(Runnable task) {
        ResponseThreads.EXECUTOR.execute(() -> alone(task));
    }

    private void writeWhatIsLeft() {
        while (!unwritten.isEmpty() && atWork.tryLock()) {
            try {
                doAll(unwritten);
            } finally {
                atWork.unlock();
            }
        }
    }

    /** Which attempts of {@link TestClients#request()} would be remembered if the controller were killed now. */
    List<UnknownAttempt> attemptsAfterACrash() {
        VirtualTiming later = new VirtualTiming();
        later.advance(timing.uptime());
        return new Ledger(later, newJournal()).attempts().forKey(key(), "");
    }

    /** Does what waits, and what comes of that. */
    static void doAll(Queue<Runnable> waiting) {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    RunCoordination shared() {
        return new RunCoordination(timing, work, this::goOn, threads, ledger);
    }

    TestRun trial() {
        return trial(TestClients.request());
    }

    TestRun trial(DeploymentRequest request) {
        return new TestRun(this, request);
    }

    /** A run that has asked for its state to be stored, which is done when the test says so. */
    TestRun storing(CompletableFuture<Void> stored) {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        TestRun trial = trial().store(state -> {
            asked.complete(null);
            return stored;
        });
        trial.start();
        TestClients.get(asked);
        return trial;
    }

    /** A client of the same server that breaks when it sends a deployment, however far it may have come with that. */
    MetaKraftwerkClient breakingAtPosts(AtomicInteger sent) {
        HttpClient real = HttpClient.newHttpClient();
        var http = new StubHttp() {
            @Override
            public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
                if (request.method().equals("POST")) {
                    sent.incrementAndGet();
                    throw new OutOfMemoryError("unable to create native thread");
                }
                return real.sendAsync(request, handler);
            }
        };
        var transport = new HttpTransport(client.server(), http, HttpRequest::newBuilder, calls, this::goOn);
        return new MetaKraftwerkClient(transport, new StoredTokenSource(server::token));
    }

    /** A run whose request is on its way. */
    TestRun sent() {
        TestRun trial = trial().start();
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        return trial;
    }

    /** A run whose request has been carried out, and may have no answer yet. */
    TestRun carriedOut() {
        TestRun trial = trial().start();
        server.awaitDeployments(1, TestClients.LIMIT);
        return trial;
    }

    /** The next deployment goes wrong like this. */
    void fault(Fault fault) {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, fault);
    }

    /** From now on every look for records goes wrong like this. */
    void blind(Fault fault) {
        server.fault("GET", BUILD_DEPLOYMENTS, Integer.MAX_VALUE, fault);
    }

    /** From now on the server lists no records, whatever there are. */
    void lag() {
        blind(Fault.status(200, "application/json", "[]"));
    }

    /** From now on something happens right before each look for records. */
    void beforeEachLook(Runnable what) {
        server.fault(request -> happens(request, what), 1, Fault.NONE);
    }

    private static boolean happens(ReceivedRequest request, Runnable what) {
        if (request.is("GET", BUILD_DEPLOYMENTS)) {
            what.run();
        }
        return false;
    }

    /** The requests of {@link TestClients#request()} that are on their way. */
    Set<UnclaimedRequests.UnclaimedRequest> flights() {
        return ledger.unclaimedRequests().others(key(), "", true);
    }

    int posts() {
        return server.requests("POST", BUILD_DEPLOYMENTS).size();
    }

    int looks() {
        return server.requests("GET", BUILD_DEPLOYMENTS).size();
    }

    /** Says that the record with this id is that of a run that is not there any more. */
    void claimed(long id) {
        var record = new BuildDeployment(id, 5139L, 11L, 21L, null, null, null);
        claims.own(key(), record, "another run", timing.uptime());
    }

    /** The key of {@link TestClients#request()}. */
    RequestKey key() {
        return RequestKey.from(client.server(), TestClients.request());
    }

    /** Adds a record of the same deployment as {@link TestClients#request()}. */
    long record() {
        return server.addBuildDeployment(5139, 11, 21, null, null);
    }

    /** A run of the given Jenkins build whose request got lost, so that it ended unknown. */
    TestRun lost(String build) {
        fault(Fault.dropBefore());
        TestRun trial = trial().inBuild(build).start();
        passUntilEnded(trial);
        trial.isUnknown();
        return trial;
    }

    /** Lets one wait after another end until the runs, all that wait, have ended; not while one of them is at work. */
    void passUntilEnded(TestRun... trials) {
        until(() -> {
            long ended = Stream.of(trials).filter(TestRun::ended).count();
            if (ended < trials.length && ended + timing.waiting() >= trials.length) {
                alone(timing::passIfAny);
            }
            return ended == trials.length;
        });
    }

    /**
     * The same where runs wait for each other: whoever has the turn tells the next, however long that takes, and what is
     * being written takes no time in this clock.
     */
    void passInTurnUntilEnded(TestRun... trials) {
        until(() -> {
            alone(() -> {
                if (ledger.kept().isGiven()) {
                    timing.passIfShorter(Deadline.SILENCE);
                }
            });
            return Stream.of(trials).allMatch(TestRun::ended);
        });
    }

    /** Waits until something is so, which others bring about. */
    static void until(BooleanSupplier so) {
        long end = System.nanoTime() + TestClients.LIMIT.toNanos();
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).as("Hangs").isLessThan(end);
            Thread.yield();
        }
    }

    /** Fails if the aborted run goes on: nothing waits any more, and nothing more is sent before a later call. */
    void isOver(TestRun trial, int posts) {
        until(trial::cancelled);
        TestClients.get(client::patterns);
        // Whoever hears first that it is over may be this test.
        until(timing::idle);
        assertThat(posts()).isEqualTo(posts);
    }

    @Override
    public void close() {
        server.close();
    }
}
