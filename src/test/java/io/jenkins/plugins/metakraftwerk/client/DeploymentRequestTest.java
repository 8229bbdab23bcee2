package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that the documented rules forbid never comes into being, and its author learns all reasons at once. */
class DeploymentRequestTest {

    private static DeploymentFields good() {
        return new DeploymentFields("5139").pattern("P", null).deployment("D", null);
    }

    private static String refusal(DeploymentFields fields) {
        var failure = catchThrowableOfType(MetaKraftwerkException.class, fields::request);
        assertThat(failure).as("refused").isNotNull();
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.status()).isEmpty();
        assertThat(TestClients.check(failure).getMessage()).endsWith("Nothing was sent.");
        return failure.getMessage();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\u2003"})
    void aBuildIsRequired(String blank) {
        assertThat(refusal(new DeploymentFields(blank).pattern("P", null).deployment("D", null)))
                .contains("buildId is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "+5", "5.0", "5e3", "five", "0x10", "٥", "9223372036854775808", "5 139", "5139L"})
    void idsArePositiveWholeNumbers(String id) {
        String refused = "must be a positive whole number, not '" + id + "'";
        assertThat(refusal(new DeploymentFields(id).pattern("P", null).deployment("D", null)))
                .contains("buildId " + refused);
        assertThat(refusal(new DeploymentFields("1").pattern(null, id).deployment("D", null)))
                .contains("patternId " + refused);
        assertThat(refusal(new DeploymentFields("1").pattern("P", null).deployment(null, id)))
                .contains("deploymentId " + refused);
        assertThat(refusal(good().agent(null, id))).contains("agentId " + refused);
        assertThat(refusal(good().agentGroup(null, id))).contains("agentGroupId " + refused);
    }

    @Test
    void exactlyOneWayToNameThePattern() {
        assertThat(refusal(new DeploymentFields("1").pattern(" ", "").deployment("D", null)))
                .contains("either pattern or patternId");
        assertThat(refusal(new DeploymentFields("1").pattern("P", "11").deployment("D", null)))
                .contains("only one of pattern and patternId");
    }

    @Test
    void exactlyOneWayToNameTheDeployment() {
        assertThat(refusal(new DeploymentFields("1").pattern("P", null).deployment(null, null)))
                .contains("either deployment or deploymentId");
        assertThat(refusal(new DeploymentFields("1").pattern("P", null).deployment("D", "21")))
                .contains("only one of deployment and deploymentId");
    }

    @Test
    void allComplaintsAreInTheLanguageOfTheirReader() {
        var fields = new DeploymentFields("").pattern("P", "11").deployment("D", null);
        var failure = catchThrowableOfType(MetaKraftwerkException.class, fields::request);
        assertThat(failure.text().in(Locale.ENGLISH))
                .isEqualTo("buildId is missing. Give only one of pattern and patternId. Nothing was sent.");
        assertThat(failure.text().in(Locale.GERMAN))
                .startsWith("buildId fehlt. ")
                .endsWith(" Es wurde nichts gesendet.")
                .doesNotContain("Give");
    }

    @Test
    void atMostOneWayToNameWhoCarriesItOut() {
        assertThat(refusal(good().agent("A", "51"))).contains("at most one", "(given: agent, agentId)");
        assertThat(refusal(good().agent("A", null).agentGroup("G", null))).contains("(given: agent, agentGroup)");
        assertThat(refusal(good().agent(null, "51").agentGroup("G", "41")))
                .contains("(given: agentId, agentGroup, agentGroupId)");
    }

    @Test
    void namesHaveNoControlCharacters() {
        var names = new DeploymentFields("1")
                .pattern("P\nQ", null)
                .deployment("D\u0000", null)
                .agent("A\u001b[31m", "");
        assertThat(refusal(names)).contains("pattern contains", "deployment contains", "agent contains");
        assertThat(refusal(good().agentGroup("G\u0085", null))).contains("agentGroup contains control characters");
    }

    @Test
    void allReasonsAreToldAtOnce() {
        assertThat(refusal(new DeploymentFields("x")
                        .pattern("P", "11")
                        .agent("A", "B")
                        .deployment("", "")))
                .contains(
                        "buildId must",
                        "only one of pattern and patternId",
                        "either deployment or deploymentId",
                        "at most one agent or agent group",
                        "agentId must");
    }

    @Test
    void aHostileValueIsShownHarmlessly() {
        String id = "5139\u001b[31m\u202e" + "x".repeat(10_000);
        assertThat(refusal(new DeploymentFields(id).pattern("P", null).deployment("D", null)))
                .contains("'5139x")
                .hasSizeLessThan(400);
    }

    @Test
    void whatIsGoodIsKept() throws Exception {
        var request = new DeploymentFields(" 9223372036854775807 ")
                .pattern("  Käufer \"A\" <b>&/+? ", " ")
                .deployment(null, "21")
                .agentGroup("G", null)
                .request();
        assertThat(request)
                .isEqualTo(new DeploymentRequest(
                        Long.MAX_VALUE, "Käufer \"A\" <b>&/+?", null, null, 21L, null, null, "G", null));
        assertThat(request.patternLabel()).isEqualTo("Käufer \"A\" <b>&/+?");
        assertThat(request.deploymentLabel()).isEqualTo("#21");
        assertThat(request.executor()).hasToString("agent group G");
        assertThat(good().request().executor()).isNull();
        assertThat(good().agent(null, "51").request().executor()).hasToString("agent #51");
    }

    @Test
    void filtersFollowTheSameRules() {
        var failure = catchThrowableOfType(
                MetaKraftwerkException.class, () -> BuildDeploymentFilter.parse("0", "P", "11", "D", "x"));
        assertThat(TestClients.check(failure))
                .hasMessageContaining("buildId must")
                .hasMessageContaining("only one of pattern and patternId")
                .hasMessageContaining("only one of deployment and deploymentId")
                .hasMessageContaining("deploymentId must");
    }

    @Test
    void aNameHasAnEndAndIsNotQuotedBeyondIt() throws MetaKraftwerkException {
        String most = "x".repeat(FieldLimits.NAME);
        assertThat(new DeploymentFields("1")
                        .pattern(most, null)
                        .deployment("D", null)
                        .request()
                        .pattern())
                .isEqualTo(most);
        for (String more :
                new String[] {most + "x", "x".repeat(11 * 1024 * 1024), " ".repeat(FieldLimits.NAME) + "x"}) {
            assertThat(refusal(new DeploymentFields("1").pattern(more, null).deployment(more, null)))
                    .contains("pattern is longer than 1000 characters", "deployment is longer than 1000 characters")
                    .hasSizeLessThan(300);
            assertThat(refusal(good().agent(more, null))).contains("agent is longer");
            assertThat(refusal(good().agentGroup(more, null))).contains("agentGroup is longer");
            assertThat(refusal(new DeploymentFields(more).pattern("P", null).deployment("D", null)))
                    .contains("buildId must be a positive whole number")
                    .hasSizeLessThan(400);
        }
    }
}
