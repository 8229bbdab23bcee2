package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However a server fails, one run deploys once at the most, and what it says about that is true. */
class DeploymentRunFuzzTest {

    /** All of them tell the truth: what says that nothing was done did nothing. */
    private static Fault fault(int which) {
        return switch (which) {
            case 0 -> Fault.NONE;
            case 1 -> Fault.dropBefore();
            case 2 -> Fault.dropAfter();
            case 3 -> Fault.truncate();
            case 4 -> Fault.truncateJson();
            case 5 -> Fault.html();
            case 6 -> Fault.garbage();
            case 7 -> Fault.error(429, "Later", "Retry-After", "3");
            case 8 -> Fault.error(503, "Later");
            case 9 -> Fault.statusAfter(502, "text/html", "<html>");
            case 10 -> Fault.status(504, "text/plain", "");
            case 11 -> Fault.error(400, "No");
            case 12 -> Fault.error(401, "Not authenticated");
            case 13 -> Fault.redirect("http://elsewhere.invalid/");
            default -> Fault.statusAfter(500, "application/json", "{\"message\":\"Sorry\"}");
        };
    }

    @Property(tries = 300)
    void oneDeploymentAtTheMost(
            @ForAll @Size(max = 4) List<@IntRange(max = 14) Integer> posts,
            @ForAll @Size(max = 6) List<@IntRange(max = 14) Integer> looks,
            @ForAll boolean skipIfDeployed,
            @ForAll boolean withGroup) {
        try (RunFixture world = new RunFixture()) {
            posts.forEach(which -> world.server.fault("POST", BUILD_DEPLOYMENTS, 1, fault(which)));
            looks.forEach(which -> world.server.fault("GET", BUILD_DEPLOYMENTS, 1, fault(which)));
            world.timing.automatic();
            String group = withGroup ? "DEV_AGENTS" : null;
            var request = new DeploymentRequest(5139L, "CORE_DV_HLS", null, null, 21L, null, null, group, null);
            TestRun trial = world.trial(request);
            Object outcome =
                    (skipIfDeployed ? trial.skipIfDeployed() : trial).start().outcome();
            assertThat(world.server.deployments()).hasSizeLessThanOrEqualTo(1);
            if (outcome instanceof DeploymentResult result) {
                assertThat(world.server.deployments())
                        .singleElement()
                        .satisfies(record -> assertThat(record.get("id").asLong())
                                .isEqualTo(result.record().id()));
                assertThat(trial.stored().result()).isEqualTo(result);
            } else {
                assertThat(outcome).isInstanceOf(MetaKraftwerkException.class);
                MetaKraftwerkException failure = TestClients.check((MetaKraftwerkException) outcome);
                if (failure.effect() != Effect.UNKNOWN) {
                    assertThat(world.server.deployments()).isEmpty();
                }
            }
        }
    }
}
