package io.jenkins.plugins.metakraftwerk.form;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** However many forms want a list, the server is asked for it once in a while. */
class ServerListCacheTest {

    private static final String PATTERNS = "/api/v1/patterns";
    private static final String DEPLOYMENTS = "/api/v1/deployments";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final Map<String, MetaKraftwerkClient> clients = new HashMap<>();
    private final AtomicLong time = new AtomicLong();
    private final ServerListCache lists = new ServerListCache(time::get);
    private final StandInServer server = SHARED.server();

    private MetaKraftwerkClient client(String token) {
        return clients.computeIfAbsent(token, any -> TestClients.withToken(server.url(), any));
    }

    private MetaKraftwerkClient client() {
        return client(server.token());
    }

    private void pass(Duration while_) {
        time.addAndGet(while_.toNanos());
    }

    @Test
    void aListIsKeptForAMinute() throws Exception {
        assertThat(lists.patterns(client()).entries()).hasSize(3);
        pass(Duration.ofSeconds(59));
        server.addPattern(99, "NEW", "IICS", "1", true, false, false);
        assertThat(lists.patterns(client()).entries()).hasSize(3);
        assertThat(server.requests()).hasSize(1);
        pass(Duration.ofSeconds(1));
        assertThat(lists.patterns(client()).entries()).hasSize(4);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aFailureIsKeptOnlyAsLongAsAPageNeeds() throws Exception {
        server.fault("GET", PATTERNS, 1, Fault.error(500, "Oops"));
        assertThat(lists.patterns(client()).failure()).contains("Oops");
        assertThat(lists.patterns(client()).failure()).contains("Oops");
        assertThat(server.requests()).hasSize(1);
        pass(Duration.ofSeconds(5));
        assertThat(lists.patterns(client()).failure()).isNull();
    }

    @Test
    void eachCredentialAndEachPatternHasAListOfItsOwn() throws Exception {
        server.acceptToken("another");
        lists.patterns(client());
        lists.patterns(client("another"));
        lists.deployments(client(), PATTERN, false);
        lists.deployments(client(), OTHER_PATTERN, false);
        lists.deployments(client(), "11", true);
        assertThat(server.requests()).hasSize(5);
        assertThat(lists.patterns(client("refused")).entries()).isEmpty();
    }

    @Test
    void fiftyAtOnceAskOnce() throws Exception {
        Hold hold = server.hold("GET", PATTERNS);
        MetaKraftwerkClient client = client();
        var answers = new ConcurrentLinkedQueue<LocalizedList>();
        List<Thread> callers = IntStream.range(0, 50)
                .mapToObj(i -> waiting(() -> answers.add(lists.patterns(client))))
                .toList();
        hold.release();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(answers)
                .hasSize(50)
                .allSatisfy(choices -> assertThat(choices.entries()).hasSize(3));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void whoGivesUpLeavesTheListToTheOthers() throws Exception {
        Hold hold = server.hold("GET", PATTERNS);
        MetaKraftwerkClient client = client();
        var answers = new ConcurrentLinkedQueue<LocalizedList>();
        Thread first = waiting(() -> lists.patterns(client));
        Thread other = waiting(() -> answers.add(lists.patterns(client)));
        first.interrupt();
        first.join();
        hold.release();
        other.join();
        assertThat(answers)
                .singleElement()
                .satisfies(choices -> assertThat(choices.entries()).hasSize(3));
        assertThat(server.requests()).hasSize(1);
    }

    /** A thread that has come as far as to wait for an answer. */
    private static Thread waiting(Runnable call) {
        Thread caller = new Thread(call);
        caller.start();
        TestWaits.until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        return caller;
    }

    @Test
    void whatIsHeldIsBounded() throws Exception {
        String name = "x".repeat(2000);
        for (int id = 1000; id < 3400; id++) {
            server.addPattern(id, name + id, "IICS", "1", true, false, false);
        }
        server.acceptToken("another");
        MetaKraftwerkClient other = client("another");
        // More than five million characters each, so that there is no room for both.
        asksAgain(
                2,
                i -> assertThat(lists.patterns(i == 0 ? client() : other).entries())
                        .hasSize(2403));
    }

    @Test
    void shortTextsAreHeldWithinTheSameBounds() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int id = 1; id <= 40_000; id++) {
            many.append(id == 1 ? "[" : ",")
                    .append("{\"id\":")
                    .append(id)
                    .append(",\"name\":\"")
                    .append(id)
                    .append("\"}");
        }
        server.fault("GET", PATTERNS, Integer.MAX_VALUE, Fault.status(200, "application/json", many + "]"));
        // An object for each of the 40,000 entries, so that there is no room for five.
        asksAgain(
                5,
                i -> assertThat(lists.patterns(client("token" + i)).entries()).hasSize(40_000));
    }

    /** What is asked for is as much a part of the cache as what is answered. */
    @Test
    void whatWasAskedForIsBoundedToo() throws Exception {
        server.fault("GET", DEPLOYMENTS, Integer.MAX_VALUE, Fault.status(200, "application/json", "[]"));
        String name = "x".repeat(50_000);
        MetaKraftwerkClient client = client();
        asksAgain(
                300,
                i -> assertThat(lists.deployments(client, name + i, false).entries())
                        .isEmpty());
    }

    private interface Asking {
        void ask(int which);
    }

    /** Asks for so many lists in turn until one of them has been let go, which takes a moment after it came. */
    private void asksAgain(int lists, Asking asking) {
        TestWaits.until(() -> {
            for (int i = 0; i < lists; i++) {
                asking.ask(i);
            }
            return server.requests().size() > lists;
        });
    }

    @Test
    void aPageWithFiftyBuildStepsAsksOnceForEachList() throws Exception {
        FreeStyleProject job = SHARED.jenkins().createFreeStyleProject();
        // What the script of such a page sends, without the minutes that HtmlUnit would take to render it.
        List<Integer> sizes = Stream.of("Pattern", "Deployment", "AgentGroup")
                .flatMap(list -> Collections.nCopies(50, list).stream())
                .parallel()
                .map(list -> WebCall.create(
                                SHARED.jenkins(), job.getUrl(), StepForm.InJob.class, "fill" + list + "Items")
                        .with("pattern", PATTERN)
                        .size())
                .toList();
        assertThat(sizes).hasSize(150).containsOnly(2, 3);
        assertThat(server.requests("GET", PATTERNS)).hasSize(1);
        assertThat(server.requests("GET", DEPLOYMENTS)).hasSize(1);
        assertThat(server.requests("GET", "/api/v1/agent_groups")).hasSize(1);
        assertThat(server.requests()).hasSize(3);
    }
}
