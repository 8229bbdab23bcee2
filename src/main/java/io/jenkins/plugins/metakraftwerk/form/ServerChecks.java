package io.jenkins.plugins.metakraftwerk.form;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Retries;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentCheck;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import io.jenkins.plugins.metakraftwerk.server.WebWait;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Checks of deployments, kept as long as lists are and made once however often somebody asks. It knows no permissions:
 * whoever calls it has checked that the client's credential may be spent.
 */
final class ServerChecks {

    private static final long MOST_KEPT = 1_000;

    /** The client stands for server and credential: the same for the same of both. */
    private record Key(MetaKraftwerkClient client, DeploymentPlan plan, Set<String> open) {}

    private final AsyncCache<Key, CheckReport> cache;

    ServerChecks(Ticker time) {
        cache = Caffeine.newBuilder()
                .ticker(time)
                .executor(Runnable::run)
                .maximumSize(MOST_KEPT)
                .expireAfter(Expiry.writing((Key key, CheckReport report) ->
                        isAllWell(report) ? ServerLists.KEPT : ServerLists.FAILURE_KEPT))
                .buildAsync();
    }

    private static boolean isAllWell(CheckReport report) {
        return report.lines().stream().allMatch(line -> line.kind() == Kind.OK);
    }

    /** A server that cannot be asked is a problem like others. Whoever gives up does not end the check of others. */
    CompletableFuture<CheckReport> check(MetaKraftwerkClient client, DeploymentPlan plan, Set<String> open) {
        return cache.get(new Key(client, plan, open), (key, executor) -> start(key))
                .copy();
    }

    private static CompletableFuture<CheckReport> start(Key key) {
        // Its report compares names.
        Retries none = new Retries(Threads.timing(), Threads.work(), Duration.ZERO, text -> {});
        return new DeploymentCheck(
                        key.plan(),
                        key.open(),
                        key.client().withTimeout(WebWait.limits().call()),
                        none)
                .start()
                .exceptionally(failure -> {
                    if (Futures.cause(failure) instanceof MetaKraftwerkException known) {
                        return CheckReport.of(List.of(known.text()));
                    }
                    throw new CompletionException(Futures.cause(failure));
                });
    }
}
