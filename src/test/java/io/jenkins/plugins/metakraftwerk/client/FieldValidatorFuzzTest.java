package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever somebody fills in becomes a request that keeps the rules, or a message that can be read. */
class FieldValidatorFuzzTest {

    @Provide
    Arbitrary<List<String>> fields() {
        return Hostile.field().list().ofSize(9);
    }

    @Provide
    Arbitrary<String> text() {
        return Hostile.text();
    }

    @Property(tries = 3000)
    void fieldsMakeARequestOrAMessage(@ForAll("fields") List<String> fields) {
        try {
            DeploymentRequest request = new DeploymentFields(fields.get(0))
                    .pattern(fields.get(1), fields.get(2))
                    .deployment(fields.get(3), fields.get(4))
                    .agent(fields.get(5), fields.get(6))
                    .agentGroup(fields.get(7), fields.get(8))
                    .request();
            keepsTheRules(request);
        } catch (MetaKraftwerkException e) {
            assertThat(TestClients.check(e)).hasMessageEndingWith("Nothing was sent.");
        }
    }

    private static void keepsTheRules(DeploymentRequest request) {
        assertThat(request.buildId()).isPositive();
        assertThat((request.pattern() == null) != (request.patternId() == null)).isTrue();
        assertThat((request.deployment() == null) != (request.deploymentId() == null))
                .isTrue();
        assertThat(Stream.of(request.agent(), request.agentId(), request.agentGroup(), request.agentGroupId())
                        .filter(Objects::nonNull))
                .hasSizeLessThan(2);
        assertThat(Stream.of(request.pattern(), request.deployment(), request.agent(), request.agentGroup())
                        .filter(Objects::nonNull))
                .allMatch(name -> !name.isBlank() && name.chars().noneMatch(Character::isISOControl));
    }

    @Property(tries = 1000)
    void filtersMakeARequestOrAMessage(@ForAll("fields") List<String> fields) {
        try {
            BuildDeploymentFilter.parse(fields.get(0), fields.get(1), fields.get(2), fields.get(3), fields.get(4));
        } catch (MetaKraftwerkException e) {
            TestClients.check(e);
        }
    }

    @Property(tries = 3000)
    void addressesAreReadOrRefused(@ForAll("text") String text) {
        for (String start : new String[] {"", "https://", "http://[", "https://host/", "https://a.example:"}) {
            try {
                ServerUrl url = ServerUrl.parse(start + text);
                assertThat(url.logIn().getHost()).isNotEmpty();
                assertThat(url.api("/x", Map.of("name", text)).getRawQuery()).matches("name=[\\w.*%-]*");
            } catch (MetaKraftwerkException e) {
                TestClients.check(e);
            }
        }
    }

    @Property(tries = 3000)
    void whatAServerSaysIsHarmless(@ForAll("text") String before, @ForAll("text") String after) {
        String shown = RemoteText.message(before + Hostile.TOKEN + after, Hostile.TOKEN);
        assertThat(shown)
                .doesNotContain(Hostile.TOKEN)
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]")
                .hasSizeLessThanOrEqualTo(RemoteText.MESSAGE_LIMIT);
    }
}
