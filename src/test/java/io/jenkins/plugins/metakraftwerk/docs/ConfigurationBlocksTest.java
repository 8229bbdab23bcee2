package io.jenkins.plugins.metakraftwerk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.docs.Markdown.Block;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javaposse.jobdsl.dsl.JobManagement;
import javaposse.jobdsl.plugin.JenkinsDslScriptLoader;
import javaposse.jobdsl.plugin.JenkinsJobManagement;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Applies every piece of configuration that the documentation shows, and builds the jobs that come of it. */
class ConfigurationBlocksTest {

    private static final YAMLMapper YAML = new YAMLMapper(new YAMLFactory());

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @AfterEach
    void forget() throws Exception {
        jenkins.jenkins.setProxy(null);
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        for (Job<?, ?> job : jenkins.jenkins.getAllItems(Job.class)) {
            job.delete();
        }
    }

    static List<Block> yaml() {
        return Markdown.blocks("yaml");
    }

    static List<Block> jobDsl() {
        return Markdown.blocks("groovy").stream()
                .filter(block -> !block.notes("job dsl").isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void isAppliedAsItStands(Block block) throws Exception {
        String text = block.text()
                .replace(ServerUrl.DEFAULT, server.url())
                .replace("${MK_TOKEN}", server.token())
                .replace("${MK_PASSWORD}", StandInDefaults.PASSWORD);

        MetaKraftwerkGlobalConfiguration.get().setDefaultServer(null);
        var source = YamlSource.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        ConfigurationAsCode.get().configureWith(source);

        JsonNode config = YAML.readTree(text);
        JsonNode plugin = config.at("/unclassified/metaKraftwerk");
        if (!plugin.isMissingNode()) {
            assertThat(servers()).isEqualTo(serversIn(plugin));
        }
        for (JsonNode kind : config.at("/credentials/system/domainCredentials/0/credentials")) {
            assertThat(SystemCredentialsProvider.getInstance().getCredentials())
                    .extracting(credential -> ((IdCredentials) credential).getId())
                    .contains(kind.elements().next().get("id").asText());
        }
        if (config.at("/jenkins").has("proxy")) {
            assertThat(Jenkins.get().getProxy().getName())
                    .isEqualTo(config.at("/jenkins/proxy/name").asText());
        }
        block.notes("jobs").forEach(names -> List.of(names.split(", ")).forEach(this::build));
    }

    private static List<String> servers() {
        return MetaKraftwerkGlobalConfiguration.get().getServers().stream()
                .map(configured -> line(configured.getName(), configured.getUrl(), configured.getCredentialsId()))
                .toList();
    }

    private static List<String> serversIn(JsonNode plugin) {
        List<String> servers = new ArrayList<>();
        plugin.get("servers")
                .forEach(entry -> servers.add(line(
                        entry.get("name").asText(),
                        entry.get("url").asText(),
                        entry.path("credentialsId").asText(null))));
        return servers;
    }

    private static String line(String name, String url, String credentialsId) {
        return name + " " + url + " " + credentialsId;
    }

    @ParameterizedTest
    @MethodSource("jobDsl")
    void makesAJobThatDeploys(Block block) throws Exception {
        JobManagement jobs = new JenkinsJobManagement(System.out, Map.of(), new File("."));
        new JenkinsDslScriptLoader(jobs).runScript(block.text());

        block.notes("job dsl").forEach(this::buildOrFind);
    }

    private void buildOrFind(String name) {
        if (Jenkins.get().getItemByFullName(name) instanceof Job) {
            build(name);
        } else {
            assertThat(Jenkins.get().getItemByFullName(name)).isNotNull();
        }
    }

    private void build(String name) {
        int before = server.deployments().size();
        var job = (ParameterizedJobMixIn.ParameterizedJob<?, ?>) Jenkins.get().getItemByFullName(name);
        try {
            Run<?, ?> run = (Run<?, ?>) job.scheduleBuild2(0).get();
            jenkins.assertBuildStatus(Result.SUCCESS, run);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        assertThat(server.deployments()).hasSize(before + 1);
    }
}
