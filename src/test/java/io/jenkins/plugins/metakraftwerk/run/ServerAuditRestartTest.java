package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who freezes a server is noted, and nobody who only saves what is frozen already. */
class ServerAuditRestartTest {

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private static void freeze(String reason) {
        MetaKraftwerkGlobalConfiguration configuration = MetaKraftwerkGlobalConfiguration.get();
        configuration.getServers().get(0).setFrozen(reason);
        configuration.setServers(configuration.getServers());
    }

    @Test
    void whatWasThereBeforeARestartIsNoNews() throws Throwable {
        sessions.then(jenkins -> {
            AuditReader.beginAnew();
            freeze("Quarter end");
        });
        sessions.then(jenkins -> {
            freeze("Quarter end");
            freeze(null);
            assertThat(AuditReader.events(AuditReader.lines(AuditReader.sent())))
                    .containsExactly("frozen", "thawed");
        });
    }
}
