package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** TestClients for tests, whose limits pass only when the test lets them, and what every failure of theirs must hold to. */
public final class TestClients {

    /** Far more than any test needs: who waits this long, hangs. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private TestClients() {}

    public static HttpTransport transport(String url) {
        return transport(url, HttpClient.newBuilder(), new VirtualTiming());
    }

    public static HttpTransport transport(String url, HttpClient.Builder http, Timing timing) {
        return transport(url, http, timing, ResponseThreads.EXECUTOR);
    }

    private static HttpTransport transport(String url, HttpClient.Builder http, Timing timing, Executor executor) {
        try {
            return new HttpTransport(
                    ServerUrl.parse(url),
                    HttpTransport.httpClient(http, ResponseThreads.EXECUTOR),
                    HttpRequest::newBuilder,
                    timing,
                    executor);
        } catch (MetaKraftwerkException e) {
            throw new IllegalArgumentException(url, e);
        }
    }

    /** A client whose limits pass with this time, and whose token works. */
    public static MetaKraftwerkClient forServer(StandInServer server, Timing timing) {
        return forServer(server, timing, ResponseThreads.EXECUTOR);
    }

    /** @param executor goes on with what calls end with */
    public static MetaKraftwerkClient forServer(StandInServer server, Timing timing, Executor executor) {
        return new MetaKraftwerkClient(
                transport(server.url(), HttpClient.newBuilder(), timing, executor),
                new StoredTokenSource(server::token));
    }

    /** A client with a token that works. */
    public static MetaKraftwerkClient forServer(StandInServer server) {
        return withToken(server.url(), server.token());
    }

    public static MetaKraftwerkClient withToken(String url, String token) {
        return new MetaKraftwerkClient(transport(url), new StoredTokenSource(() -> token));
    }

    /** A client that logs in. */
    public static MetaKraftwerkClient loggingIn(StandInServer server) {
        return loggingIn(server, StandInDefaults.PASSWORD, new VirtualTiming());
    }

    public static MetaKraftwerkClient loggingIn(StandInServer server, String password, Timing timing) {
        HttpTransport transport = transport(server.url(), HttpClient.newBuilder(), timing);
        return new MetaKraftwerkClient(
                transport, new LogInTokenSource(transport, StandInDefaults.EMAIL, () -> password, timing));
    }

    /** The documented example. */
    public static DeploymentRequest request() {
        return request(StandInDefaults.FINISHED_BUILD);
    }

    public static DeploymentRequest request(long build) {
        return new DeploymentRequest(
                build, StandInDefaults.PATTERN, null, StandInDefaults.DEV, null, null, null, null, null);
    }

    /** Sends the documented example. */
    public static CompletableFuture<BuildDeployment> create(MetaKraftwerkClient client) {
        return begin(() -> client.create(request(), () -> true));
    }

    /**
     * Does something in a thread of its own. It may wait, so it takes none of the threads that Java itself has for such
     * tasks: since Java 25 that is a single one on two processors, and the HTTP client needs it.
     */
    public static CompletableFuture<Void> aside(Runnable task) {
        return CompletableFuture.runAsync(task, run -> new Thread(run, "aside").start());
    }

    /** A virtual thread that makes a call; its end ends the call. */
    public static <T> CompletableFuture<T> begin(ReadRetries.ReadCall<T> call) {
        return VirtualThreads.begin(ResponseThreads.EXECUTOR, call::read);
    }

    public static <T> T get(ReadRetries.ReadCall<T> call) {
        return get(begin(call));
    }

    public static <T> T get(Future<T> future) {
        try {
            return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("Failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("Hangs", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public static MetaKraftwerkException failure(ReadRetries.ReadCall<?> call) {
        return failure(begin(call));
    }

    /** The failure of a call, after a look at what is true of all of them. */
    public static MetaKraftwerkException failure(CompletableFuture<?> future) {
        try {
            return fail("Did not fail: " + future.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(MetaKraftwerkException.class);
            assertThat(e.getCause()).hasMessageNotContainingAny("{0}", "{1}", "{2}", "{3}");
            return check((MetaKraftwerkException) e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("Hangs", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A message for people: one line, nothing that a terminal obeys, no secret. */
    public static MetaKraftwerkException check(MetaKraftwerkException failure) {
        for (String shown : new String[] {
            failure.getMessage(), failure.getLocalizedMessage(), failure.toString(), failure.serverMessage()
        }) {
            assertThat(shown.codePoints())
                    .as(shown)
                    .allMatch(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT);
            assertThat(shown)
                    .doesNotContain(StandInDefaults.PASSWORD, "eyJ", "Bearer", "Authorization")
                    .hasSizeLessThan(2000);
        }
        assertThat(failure.getMessage()).isNotBlank();
        assertThat(failure.getCause()).isNull();
        return failure;
    }
}
