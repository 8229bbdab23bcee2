package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which waits are refused before anything is sent, and what becomes of those that are not. */
class DeploymentFieldsTest {

    private static DeploymentFields fields(Boolean skipIfDeployed, boolean waitForBuild, Integer waitMinutes) {
        return new DeploymentFields("5139")
                .pattern("P", null)
                .deployment("D", null)
                .skipIfDeployed(skipIfDeployed)
                .waiting(waitForBuild, waitMinutes);
    }

    private static void refuses(DeploymentFields fields, String message) {
        assertThatThrownBy(fields::request).isInstanceOfSatisfying(MetaKraftwerkException.class, refusal -> {
            assertThat(refusal).hasMessage(message);
            assertThat(refusal.effect()).isEqualTo(Effect.NOT_SENT);
        });
        assertThatThrownBy(() -> fields.plan("server", Duration.ZERO)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_081, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void refusesMinutesOutOfRange(int minutes) {
        refuses(
                fields(null, true, minutes),
                "waitMinutes must be a whole number from 1 to 10080, not '" + minutes + "'. Nothing was sent.");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"null", "false"},
            nullValues = "null")
    void refusesMinutesWithNothingToWaitFor(Boolean skipIfDeployed) {
        refuses(
                fields(skipIfDeployed, false, 30),
                "waitMinutes is given, but there is nothing to wait for. Give waitForBuild or skipIfDeployed too, or"
                        + " leave waitMinutes out. Nothing was sent.");
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        refuses(
                new DeploymentFields("5139").pattern("P", "11").waiting(true, 0),
                "waitMinutes must be a whole number from 1 to 10080, not '0'. Give only one of pattern and patternId."
                        + " Give either deployment or deploymentId. Nothing was sent.");
    }

    @Test
    void plansTheWaitThatWasGiven() throws Exception {
        assertThat(fields(true, false, 1).plan("server", Duration.ZERO).waitLimit())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(fields(null, true, 10_080).plan("server", Duration.ZERO).waitLimit())
                .isEqualTo(Duration.ofDays(7));
        assertThat(fields(null, true, null).plan("server", Duration.ZERO).waitLimit())
                .isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource(
            value = {"null", "false", "true"},
            nullValues = "null")
    void plansWhatIsNotGivenAsSomethingElseThanFalse(Boolean skipIfDeployed) throws Exception {
        assertThat(fields(skipIfDeployed, true, null)
                        .plan("server", Duration.ZERO)
                        .skipIfDeployed())
                .isEqualTo(skipIfDeployed);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "' 7 ', 7", "007, 7", "10080, 10080"})
    void readsMinutes(String text, int minutes) {
        assertThat(DeploymentFields.minutes(text)).hasValue(minutes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0", "-1", "+1", "1.5", "1e3", "10081", "99999999999999999999", "ten", "٣"})
    void readsNothingElseAsMinutes(String text) {
        assertThat(DeploymentFields.minutes(text)).isEmpty();
    }
}
