package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.server.Target;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What gives way where a build makes more attempts than it keeps, and that this is counted. */
class KeptAttemptsTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static final DeploymentResult RESULT =
            new DeploymentResult(Origin.CREATED, new BuildDeployment(9L, 5139L, 11L, 21L, null, null, null), null);

    private final KeptAttempts kept = new KeptAttempts();

    static AskedDeployment asked(String owner) throws Exception {
        DeploymentRequest request = new DeploymentFields("5139")
                .pattern("P", null)
                .deployment("D", null)
                .request();
        return new AskedDeployment(owner, request, Target.of(null, null, null), "mkDeploy");
    }

    private static RecordedDeployment failed(String owner) throws Exception {
        return RecordedDeployment.without(asked(owner), false, "a reason", new Date());
    }

    private static RecordedDeployment unknown(String owner) throws Exception {
        return RecordedDeployment.without(asked(owner), true, "a reason", new Date());
    }

    private static RecordedDeployment created(String owner) throws Exception {
        return RecordedDeployment.with(asked(owner), RESULT, new Date());
    }

    private List<String> owners() {
        return kept.all().stream().map(RecordedDeployment::owner).toList();
    }

    /** As many as there is room for beside some. */
    private void fill(int beside) throws Exception {
        for (int i = 0; i < KeptAttempts.MOST - beside; i++) {
            kept.put(created("created " + i));
        }
    }

    @Test
    void whatChangedNothingGivesWayFirstAndWhatIsNotKnownLast() throws Exception {
        kept.put(unknown("unknown"));
        fill(3);
        kept.put(failed("first failure"));
        kept.put(failed("second failure"));
        assertThat(kept.leftOut()).isZero();

        kept.put(created("another"));
        assertThat(owners())
                .hasSize(KeptAttempts.MOST)
                .contains("created 0", "second failure")
                .doesNotContain("first failure");
        kept.put(created("one more"));
        assertThat(owners()).contains("created 0").doesNotContain("second failure");
        kept.put(created("too many"));
        assertThat(owners()).startsWith("unknown", "created 1").endsWith("another", "one more", "too many");
        assertThat(kept.leftOut()).isEqualTo(3);
    }

    @Test
    void whatCameLastIsThereInAnyCase() throws Exception {
        fill(0);
        kept.put(failed("the end of it"));
        assertThat(owners())
                .hasSize(KeptAttempts.MOST)
                .endsWith("the end of it")
                .doesNotContain("created 0");
    }

    @Test
    void whatTheSameRunSaysLaterTakesNoRoom() throws Exception {
        kept.put(unknown("one"));
        fill(1);
        assertThat(kept.found("one", before -> before.found(RESULT, new Date())))
                .isPresent();
        kept.put(created("created 7"));
        assertThat(kept.leftOut()).isZero();
        assertThat(owners()).hasSize(KeptAttempts.MOST).startsWith("one", "created 0");
    }

    @Test
    void whatWasStoredCountsToo() throws Exception {
        fill(0);
        kept.put(failed("too many"));
        KeptAttempts again = new KeptAttempts();
        again.put(failed("since"));
        again.putBefore(kept.stored());
        assertThat(again.leftOut()).isEqualTo(2);
        assertThat(again.all())
                .hasSize(KeptAttempts.MOST)
                .last()
                .extracting(RecordedDeployment::owner)
                .isEqualTo("since");
    }
}
