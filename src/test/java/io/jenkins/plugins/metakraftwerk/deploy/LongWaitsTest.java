package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.HttpTransport;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.OwnedVirtualThreads;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.StoredTokenSource;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.deploy.CannedHttp.Canned;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However long a run waits, it holds no more than at the beginning. */
class LongWaitsTest {

    private static final int LOOKS = 10_000;
    private static final Canned NONE = new Canned(200, "[]");
    private static final Canned BUSY =
            new Canned(429, "{\"name\":\"TooManyRequests\",\"message\":\"Later\",\"code\":429}");
    private static final Canned AWAY = new Canned(502, "{}");
    private static final Canned BUILDING = new Canned(200, "{\"id\":5139,\"status\":\"BUILDING\"}");
    private static final Canned FINISHED = new Canned(200, "{\"id\":5139,\"status\":\"FINISHED\"}");

    /** What a run may wait for without an end, where no time passes. */
    private enum Wait {
        FOR_A_BUILD(BUILDING, NONE, DeploymentState.initial(true, States.WAIT, CountedTiming.NOW)),
        FOR_A_SERVER_THAT_IS_AWAY(FINISHED, AWAY, States.planned()),
        FOR_A_SERVER_THAT_IS_BUSY(FINISHED, NONE, States.planned()),
        FOR_A_RECORD(FINISHED, NONE, States.sending(0));

        private final Canned build;
        private final Canned records;
        private final DeploymentState from;

        Wait(Canned build, Canned records, DeploymentState from) {
            this.build = build;
            this.records = records;
            this.from = from;
        }

        private Canned answer(HttpRequest request) {
            if (request.method().equals("POST")) {
                return BUSY;
            }
            return request.uri().getPath().contains("/builds/") ? build : records;
        }
    }

    private record Fixed(MetaKraftwerkClient client) implements ServerConnector, ServerConnection {
        @Override
        public ServerUrl server() {
            return client.server();
        }

        @Override
        public AttemptSource source() {
            return RunFixture.SOURCE;
        }

        @Override
        public ServerConnection connect() {
            return this;
        }

        @Override
        public boolean renew() {
            return false;
        }
    }

    /** Forgets what it hears. */
    private static final class Deaf implements DeploymentRunListener {
        @Override
        public void log(Text line) {}

        @Override
        public void reached(DeploymentState next) {}

        @Override
        public ReadRetries.ReadCall<?> anchor() {
            return () -> null;
        }

        @Override
        public ReadRetries.ReadCall<Optional<Text>> sends() {
            return Optional::empty;
        }

        @Override
        public void late(DeploymentResult result) {}

        @Override
        public void found(String owner, DeploymentResult result) {}
    }

    @AutoClose
    private final OwnedVirtualThreads threads = OwnedVirtualThreads.begin();

    private final CountedTiming timing = new CountedTiming();
    private final Queue<Runnable> work = new ArrayDeque<>();

    private DeploymentRun run(Wait wait) throws MetaKraftwerkException {
        var server = ServerUrl.parse("https://app.example");
        var http = new CannedHttp(wait::answer);
        var transport = new HttpTransport(server, http, HttpRequest::newBuilder, new CountedTiming(), work::add);
        var client = new MetaKraftwerkClient(transport, new StoredTokenSource(() -> "t"));
        var plan = new DeploymentPlan(
                TestClients.request(),
                "Production",
                null,
                wait == Wait.FOR_A_BUILD,
                false,
                States.WAIT,
                Duration.ofMinutes(2));
        var shared = new RunCoordination(timing, work::add, work::add, new RunThreads(), new Ledger(timing));
        var who = new RunIdentity("run", "build", "app #1");
        return new DeploymentRun(shared, new Fixed(client), plan, who, new Deaf(), wait.from);
    }

    private void pass(long waits) {
        timing.pass(waits);
        doAll();
        assertThat(timing.isUsedUp()).isTrue();
    }

    private void doAll() {
        threads.run();
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
            threads.run();
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsLooksLeaveNothingBehind(Wait wait) throws Exception {
        DeploymentRun run = run(wait);
        var result = VirtualThreads.begin(work::add, run.start()::read);
        doAll();
        pass(1_000);
        long before = LongLived.bytes();
        pass(LOOKS);
        assertThat(LongLived.bytes() - before).as("ten bytes a look").isLessThan(10 * LOOKS);
        assertThat(LongLived.dependents(result)).isBetween(1, 8);
        assertThat(result).isNotDone();
    }

    @Test
    void thoseWhoWaitForTheirTurnAreNoBurdenForTheOneThatHasIt() throws Exception {
        TurnQueue queue = new Ledger(timing).turns();
        RequestKey key = RequestKey.from(ServerUrl.parse("https://app.example"), TestClients.request());
        TurnQueue.Turn first = queue.enter(key, "first");
        IntStream.range(0, LOOKS).forEach(i -> {
            TurnQueue.Turn waiting = queue.enter(key, "run " + i);
            assertThat(waiting.waits()).isTrue();
            waiting.leave();
        });
        assertThat(LongLived.dependents(first)).isZero();
        assertThat(LongLived.count(queue, TurnQueue.Turn.class)).isEqualTo(1);
    }
}
