package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.triggers.SafeTimerTask;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who freezes a server is noted, and nobody who only saves what is frozen already. */
class FreezeAuditTest {

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private static void freeze(String reason) {
        MetaKraftwerkGlobalConfiguration configuration = MetaKraftwerkGlobalConfiguration.get();
        configuration.getServers().get(0).setFrozen(reason);
        configuration.setServers(configuration.getServers());
    }

    @Test
    void whatWasFrozenBeforeARestartIsNoNews() throws Throwable {
        sessions.then(jenkins -> freeze("Quarter end"));
        sessions.then(jenkins -> {
            freeze("Quarter end");
            freeze(null);
            Path file = SafeTimerTask.getLogsRoot().toPath().resolve(AuditFile.NAME);
            AuditLog.get().write().join();
            assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("\"event\":\"thawed\"");
        });
    }
}
