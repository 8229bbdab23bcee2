package io.jenkins.plugins.metakraftwerk.kills;

import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Duration;
import java.util.Random;

/** A server that takes its time before and after its work, and that sometimes is lost. */
final class SlowServer {

    private static final int ALWAYS = Integer.MAX_VALUE;

    /** In so many ways it is slow. */
    private static final int WAYS = 16;

    private static final int LONGEST_MILLIS = 1_500;

    /** Of so many requests that deploy, one is dropped before the work, and one after it. */
    private static final int DROPPED = 50;

    private SlowServer() {}

    static void make(StandInServer server, Random random) {
        server.fault(request -> isPost(request.method()) && random.nextInt(DROPPED) == 0, ALWAYS, Fault.dropBefore());
        server.fault(request -> isPost(request.method()) && random.nextInt(DROPPED) == 0, ALWAYS, Fault.dropAfter());
        for (int left = WAYS; left > 0; left--) {
            int ways = left;
            server.fault(
                    request -> random.nextInt(ways) == 0,
                    ALWAYS,
                    Fault.answerLate(time(random)).delayed(time(random)));
        }
    }

    private static boolean isPost(String method) {
        return "POST".equals(method);
    }

    private static Duration time(Random random) {
        return Duration.ofMillis(random.nextInt(LONGEST_MILLIS));
    }
}
