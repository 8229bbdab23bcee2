package io.jenkins.plugins.metakraftwerk.form;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentCheck;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import io.jenkins.plugins.metakraftwerk.server.WebRequestWait;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Caches checks of deployments as long as lists. A check that several users ask for is made once. It does not check
 * permissions: the caller has checked that the credential of the client may be used.
 */
final class DeploymentCheckCache {

    private static final long MOST_KEPT = 1_000;

    /** The client stands for server and credential: it is equal for the same two. */
    private record Key(MetaKraftwerkClient client, DeploymentPlan plan, Set<String> open) {}

    private final AsyncCache<Key, CheckReport> cache;

    DeploymentCheckCache(Ticker time) {
        cache = Caffeine.newBuilder()
                .ticker(time)
                .executor(Runnable::run)
                .maximumSize(MOST_KEPT)
                .expireAfter(Expiry.writing((Key key, CheckReport report) ->
                        isAllWell(report) ? ServerListCache.KEPT : ServerListCache.FAILURE_KEPT))
                .buildAsync();
    }

    private static boolean isAllWell(CheckReport report) {
        return report.lines().stream().allMatch(line -> line.kind() == Kind.OK);
    }

    /**
     * Returns a call that waits for the report. If the server cannot be asked, the report names that as a problem. A
     * caller that gives up does not end the check of others.
     */
    ReadRetries.ReadCall<CheckReport> check(MetaKraftwerkClient client, DeploymentPlan plan, Set<String> open) {
        var check = cache.get(
                new Key(client, plan, open),
                (key, executor) -> VirtualThreads.begin(Threads.http(), () -> report(key)));
        return () -> VirtualThreadWaits.await(check);
    }

    private static CheckReport report(Key key) throws InterruptedException {
        MetaKraftwerkClient limited =
                key.client().withTimeout(WebRequestWait.limits().call());
        ReadRetries none = new ReadRetries(Threads.timing(), Duration.ZERO, text -> {});
        try {
            return new DeploymentCheck(key.plan(), key.open(), limited, none, new PlatformCalls(Threads.work()))
                    .report();
        } catch (MetaKraftwerkException e) {
            return CheckReport.withProblems(List.of(e.text()));
        }
    }
}
