package io.jenkins.plugins.metakraftwerk.security;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** An address that no MetaKraftwerk server has does not get into the configuration, on whatever way and however spelled. */
class AddressesTest {

    private static final String GOOD = "https://app.metakraftwerk.com";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();

    @BeforeEach
    void aGoodServer() {
        Setup.servers(Setup.server("main", GOOD, TOKEN_ID));
    }

    private String ask(String webMethod, String parameter, String url) throws Exception {
        return WebCall.create(jenkins, "", MetaKraftwerkServer.class, webMethod)
                .with(parameter, url)
                .with("credentialsId", TOKEN_ID)
                .text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254",
                "http://2852039166",
                "http://0xA9FEA9FE.",
                "http://0251.254.169.254",
                "http://[fe80::1]",
                "http://[::ffff:169.254.169.254]",
                "http://[::ffff:a9fe:a9fe]",
                "https://user@host.example",
                "https://app.metakraftwerk.com@other.example",
                "file:///etc/passwd",
                "ftp://host.example",
                "jar:http://host.example!/x",
                "ldap://host.example",
                "//host.example",
                "https://host.example\\@other.example",
            })
    void areRefused(String url, @TempDir Path directory) throws Exception {
        assertThat(ask("checkUrl", "value", url)).as("form").startsWith("<div class=\"error\">");
        assertThat(ask("testConnection", "url", url))
                .as("test")
                .matches(
                        "<div class=\"error\">(<img[^>]*>)?(The URL must start with|This is not a URL|Leave user name|Link-local).*");
        assertThatThrownBy(() -> Setup.servers(Setup.server("main", url, TOKEN_ID)))
                .as("script")
                .isInstanceOf(IllegalArgumentException.class);
        Path yaml = Files.writeString(
                directory.resolve("jenkins.yaml"),
                "unclassified:\n  metaKraftwerk:\n    servers:\n      - {name: main, credentialsId: token, url: '" + url
                        + "'}\n");
        assertThatThrownBy(() -> ConfigurationAsCode.get().configure(yaml.toString()))
                .as("as code")
                .isInstanceOf(ConfiguratorException.class);
        assertThat(MetaKraftwerkGlobalConfiguration.get().getServers())
                .extracting(MetaKraftwerkServer::getUrl)
                .containsExactly(GOOD);
    }

    /** The file can be changed by whoever has the disk, so the address is looked at before each use as well. */
    @Test
    void areRefusedWhereTheFileWasChangedByHand() throws Exception {
        MetaKraftwerkGlobalConfiguration configuration = MetaKraftwerkGlobalConfiguration.get();
        Path file = new File(jenkins.jenkins.getRootDir(), configuration.getId() + ".xml").toPath();
        Files.writeString(file, Files.readString(file).replace(GOOD, "http://169.254.169.254"));
        configuration.load();
        assertThat(configuration.server("main"))
                .hasValueSatisfying(server -> assertThat(server.getUrl()).isEqualTo("http://169.254.169.254"));
        for (Deploying kind : Deploying.values()) {
            Run<?, ?> run = Deploying.run(jenkins, kind.job(jenkins.jenkins, Map.of()), Result.FAILURE);
            jenkins.assertLogContains(
                    "The URL of MetaKraftwerk server 'main' cannot be used: Link-local addresses are not allowed", run);
        }
    }
}
