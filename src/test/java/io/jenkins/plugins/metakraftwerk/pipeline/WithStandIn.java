package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.fixture.JenkinsWithStandIn;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.jvnet.hudson.test.JenkinsRule;

/** For tests that share the Jenkins of their class, and have each a server of their own, which is its default. */
abstract class WithStandIn {

    static JenkinsRule jenkins;

    StandInServer server;

    @BeforeAll
    static void shareJenkins(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    final void startServer() {
        server = StandInServer.start();
        JenkinsWithStandIn.configure(server);
    }

    @AfterEach
    final void stopServer() {
        server.close();
    }
}
