package io.jenkins.plugins.metakraftwerk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration as YAML, whose keys are a contract with everybody who has such a file. */
class ConfigurationAsCodeTest {

    private static final String DOCUMENTED = """
            unclassified:
              metaKraftwerk:
                servers:
                  - name: "production"
                    url: "https://app.metakraftwerk.com"
                    credentialsId: "mk-prod"
            """;

    private static final String ONE = """
            unclassified:
              metaKraftwerk:
                servers:
                  - {name: main, url: 'http://localhost:1', %s}
            """;

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @TempDir
    private Path directory;

    private void load(String yaml) throws Exception {
        Path file = Files.writeString(directory.resolve("jenkins.yaml"), yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }

    private static String export() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        CNode node = Util.getUnclassifiedRoot(context).get("metaKraftwerk");
        return Util.toYamlString(node);
    }

    @Test
    void theDocumentedKeysAreRead() throws Exception {
        load(DOCUMENTED);
        assertThat(MetaKraftwerkGlobalConfiguration.get().getServers())
                .singleElement()
                .satisfies(server -> {
                    assertThat(server.getName()).isEqualTo("production");
                    assertThat(server.getUrl()).isEqualTo("https://app.metakraftwerk.com");
                    assertThat(server.getCredentialsId()).isEqualTo("mk-prod");
                });
    }

    @Test
    void theKeysOfWhoMayAreReadAndWritten() throws Exception {
        String yaml = """
                unclassified:
                  metaKraftwerk:
                    auditFiles: 20
                    auditMegabytes: 50
                    defaultServer: "production"
                    historyPerTarget: 50
                    historyTargets: 20
                    retrySeconds: 120
                    servers:
                    - allowedItems:
                      - "team-a"
                      - "team-b/app/main"
                      credentialsId: "mk-prod"
                      frozen: "Quarter end, until Monday"
                      name: "production"
                      url: "https://app.metakraftwerk.com"
                      usageRestricted: true
                    - name: "test"
                      url: "http://localhost:1"
                """;
        load(yaml);
        MetaKraftwerkServer server = MetaKraftwerkGlobalConfiguration.get().chosen(null);
        assertThat(server.getName()).isEqualTo("production");
        assertThat(server.getAllowedItems()).containsExactly("team-a", "team-b/app/main");
        assertThat(MetaKraftwerkGlobalConfiguration.get().chosen("test").isUsageRestricted())
                .as("left out means every job")
                .isFalse();
        assertThat(("unclassified:\n  metaKraftwerk:\n" + export().indent(4)).strip())
                .isEqualTo(yaml.strip());
    }

    @Test
    void theUrlMayBeLeftOut() throws Exception {
        load(DOCUMENTED.replaceAll(" *url: .*\\n", "").replaceAll(" *credentialsId: .*\\n", ""));
        assertThat(MetaKraftwerkGlobalConfiguration.get().getServers())
                .singleElement()
                .satisfies(server -> {
                    assertThat(server.getUrl()).isEqualTo("https://app.metakraftwerk.com");
                    assertThat(server.getCredentialsId()).isNull();
                });
    }

    @Test
    void whatIsExportedIsWhatWasReadAndReadsBack() throws Exception {
        load(DOCUMENTED + "      - {name: test, url: 'http://localhost:1'}\n    retrySeconds: 33\n"
                + "    historyPerTarget: 200\n    historyTargets: 500\n    auditFiles: 10\n    auditMegabytes: 10\n");
        MetaKraftwerkGlobalConfiguration.get().setDefaultServer(null);
        assertThat(export()).isEqualTo("""
                        auditFiles: 10
                        auditMegabytes: 10
                        historyPerTarget: 200
                        historyTargets: 500
                        retrySeconds: 33
                        servers:
                        - credentialsId: "mk-prod"
                          name: "production"
                          url: "https://app.metakraftwerk.com"
                        - name: "test"
                          url: "http://localhost:1"
                        """);

        String exported = export();
        Setup.servers();
        MetaKraftwerkGlobalConfiguration.get().setRetrySeconds(1);
        load("unclassified:\n  metaKraftwerk:\n" + exported.indent(4));
        assertThat(export()).isEqualTo(exported);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allowedItems: [team-a]                          | team-a",
                "allowedItems: [team-a], usageRestricted: true   | team-a",
                "usageRestricted: true, allowedItems: [team-a]   | team-a",
                "alloweditems: [team-a]                          | team-a",
                "allowedItems: []                                | ''",
                "allowedItems: ['${MK_NO_SUCH_VARIABLE:-}']      | ''",
            })
    void aListRestrictsWhateverStandsBesideIt(String keys, String names) throws Exception {
        MetaKraftwerkGlobalConfiguration.get().setDefaultServer(null);
        load(ONE.formatted(keys));
        MetaKraftwerkServer server =
                MetaKraftwerkGlobalConfiguration.get().getServers().get(0);
        assertThat(server.isUsageRestricted()).isTrue();
        assertThat(String.join(" ", server.getAllowedItems())).isEqualTo(names);
        assertThat(server.isContradictory()).isFalse();

        String exported = export();
        Setup.servers();
        load("unclassified:\n  metaKraftwerk:\n" + exported.indent(4));
        assertThat(export()).isEqualTo(exported);
        assertThat(MetaKraftwerkGlobalConfiguration.get().getServers().get(0).isUsageRestricted())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allowedItems: [team-a], usageRestricted: false",
                "usageRestricted: false, allowedItems: [team-a]",
                "USAGERESTRICTED: 'false', allowedItems: [team-a]",
                "usageRestricted: '${MK_NO_SUCH_VARIABLE:-false}', allowedItems: [team-a]",
                "usageRestricted: false, allowedItems: []",
            })
    void whoSaysEverybodyAndListsSomeIsAskedWhatIsMeant(String keys) throws Exception {
        load(DOCUMENTED);
        String reason =
                "The MetaKraftwerk server 'main' has 'usageRestricted: false' and a list 'allowedItems', which says"
                        + " the opposite. To allow only what is in the list, remove 'usageRestricted' or set it to true. To"
                        + " allow every job, remove 'allowedItems'.";
        Path file = Files.writeString(directory.resolve("refused.yaml"), ONE.formatted(keys));
        assertThatThrownBy(() -> ConfigurationAsCode.get().configure(file.toString()))
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining(reason);
        assertThatThrownBy(() -> ConfigurationAsCode.get().checkWith(YamlSource.of(file)))
                .as("only checked")
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining(reason);
        assertThat(MetaKraftwerkGlobalConfiguration.get().getServers())
                .extracting(MetaKraftwerkServer::getName)
                .containsExactly("production");
    }

    @Test
    void withoutAListTheSwitchDecides() throws Exception {
        load(ONE.formatted("usageRestricted: true"));
        assertThat(MetaKraftwerkGlobalConfiguration.get().getServers().get(0).isUsageRestricted())
                .isTrue();
        load(ONE.formatted("usageRestricted: false"));
        assertThat(MetaKraftwerkGlobalConfiguration.get().getServers().get(0).isUsageRestricted())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://app.metakraftwerk.com | file:///etc/passwd | The URL of MetaKraftwerk server 'production'",
                "https://app.metakraftwerk.com | http://169.254.169.254 | Link-local addresses are not allowed",
                "name: \"production\" | name: \" \" | Give the server a name",
            })
    void aBadFileIsRefusedWithAReason(String good, String bad, String reason) throws Exception {
        load(DOCUMENTED);
        assertThatThrownBy(() -> load(DOCUMENTED.replace(good, bad)))
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining(reason);
        assertThat(MetaKraftwerkGlobalConfiguration.get().getServers())
                .extracting(MetaKraftwerkServer::getUrl)
                .containsExactly("https://app.metakraftwerk.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retrySeconds: 86401            | retrySeconds: 86401 is not a whole number from 0 to 86,400.",
                "retrySeconds: '${NONE:--1}'    | retrySeconds: -1 is not a whole number from 0 to 86,400.",
                "historyPerTarget: 0            | historyPerTarget: 0 is not a whole number from 1 to 10,000.",
                "HISTORYTARGETS: 10001          | historyTargets: 10001 is not a whole number from 1 to 10,000.",
                "auditFiles: 1                  | auditFiles: 1 is not a whole number from 2 to 100.",
                "auditMegabytes: 4294967297     | auditMegabytes: 4294967297 is not a whole number from 1 to 1,000.",
                "defaultServer: gone            | defaultServer: no server of this configuration is called 'gone'."
                        + " There are: main, other.",
                "defaultserver: '${NONE:-main }x' | is called 'main x'. There are: main, other.",
            })
    void whatTheFormRefusesIsRefusedWithWhatThereMayBe(String key, String reason) throws Exception {
        load(DOCUMENTED + "    retrySeconds: 33\n");
        String servers =
                "    servers:\n      - {name: main, url: 'http://localhost:1'}\n      - {name: '${NONE:-other}'}\n";
        // Whichever comes first.
        for (String block : List.of("    " + key + "\n" + servers, servers + "    " + key + "\n")) {
            Path file =
                    Files.writeString(directory.resolve("refused.yaml"), "unclassified:\n  metaKraftwerk:\n" + block);
            assertThatThrownBy(() -> ConfigurationAsCode.get().configure(file.toString()))
                    .isInstanceOf(ConfiguratorException.class)
                    .hasStackTraceContaining(reason);
            assertThatThrownBy(() -> ConfigurationAsCode.get().checkWith(YamlSource.of(file)))
                    .as("only checked")
                    .hasStackTraceContaining(reason);
            assertThat(MetaKraftwerkGlobalConfiguration.get().getServers()).hasSize(1);
            assertThat(MetaKraftwerkGlobalConfiguration.get().getRetrySeconds()).isEqualTo(33);
        }
    }

    @Test
    void theDefaultMayBeOneThatIsThereOrNone() throws Exception {
        load(DOCUMENTED);
        load("unclassified:\n  metaKraftwerk:\n    defaultServer: ' production '\n");
        assertThat(MetaKraftwerkGlobalConfiguration.get().getDefaultServer()).isEqualTo("production");
        load("unclassified:\n  metaKraftwerk:\n    defaultServer: ''\n");
        assertThat(MetaKraftwerkGlobalConfiguration.get().getDefaultServer()).isNull();
        assertThatThrownBy(() -> load("unclassified:\n  metaKraftwerk:\n    servers: []\n    defaultServer: a\n"))
                .hasStackTraceContaining("defaultServer: no server is called 'a', since this configuration has none.");
    }

    /** What was stored before anybody checked it. */
    @Test
    void whatIsStoredLoads() throws Exception {
        MetaKraftwerkGlobalConfiguration stored = MetaKraftwerkGlobalConfiguration.get();
        load(DOCUMENTED + "    defaultServer: production\n    retrySeconds: 33\n");
        Path file = SHARED.jenkins().jenkins.getRootDir().toPath().resolve(stored.getId() + ".xml");
        String xml = Files.readString(file);
        Files.writeString(
                file,
                xml.replace("<retrySeconds>33", "<retrySeconds>-7")
                        .replace("<defaultServer>production", "<defaultServer>gone"));
        stored.load();
        assertThat(stored.getRetrySeconds()).isEqualTo(-7);
        assertThat(stored.getDefaultServer()).isEqualTo("gone");
        assertThat(stored.getServers()).hasSize(1);
    }

    @Test
    void oneNameForTwoServersIsRefused() throws Exception {
        load(DOCUMENTED);
        assertThatThrownBy(() -> load(DOCUMENTED + "      - {name: production, url: 'https://other.example'}\n"))
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining("Two servers are called 'production'");
        assertThat(MetaKraftwerkGlobalConfiguration.get().getServers()).hasSize(1);
    }
}
