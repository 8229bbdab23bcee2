package io.jenkins.plugins.metakraftwerk.run;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.Bounded;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.deploy.Lines;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.List;

/**
 * What the audit log keeps of an attempt to deploy; null where it does not apply. Nothing of it is a secret.
 *
 * @param time in UTC, as in ISO 8601
 * @param event {@code sending} before a request goes out; {@code created}, {@code adopted}, {@code skipped}, {@code failed}
 *     or {@code unknown} when it is known how an attempt has ended; {@code refused}
 * @param users the ids of those who started the build
 * @param origin who named the credential: STEP, FOLDER or SERVER
 * @param buildDeploymentId of the record, where there is one
 * @param count how often the build has ended like this by then without having sent anything; null for once
 */
@JsonNaming(LowerCamelCaseStrategy.class)
record AuditLine(
        String time,
        String event,
        String job,
        Integer number,
        List<String> users,
        String server,
        String serverUrl,
        String credentialsId,
        String origin,
        Long buildId,
        String pattern,
        String deployment,
        String agent,
        String agentGroup,
        String step,
        Long buildDeploymentId,
        String reason,
        Long count) {

    AuditLine {
        job = Bounded.of(job);
        users = users == null ? null : Bounded.names(users);
        server = Bounded.of(server);
        serverUrl = Bounded.of(serverUrl);
        credentialsId = Bounded.of(credentialsId);
        pattern = Bounded.of(pattern);
        deployment = Bounded.of(deployment);
        agent = Bounded.of(agent);
        agentGroup = Bounded.of(agentGroup);
        reason = Bounded.reason(reason);
    }

    /** Of an attempt whose outcome is not known yet. */
    static AuditLine of(String event, Run<?, ?> build, AskedDeployment asked) {
        return of(event, build, asked, null, null);
    }

    static AuditLine of(
            String event,
            Run<?, ?> build,
            AskedDeployment asked,
            @CheckForNull Long buildDeploymentId,
            @CheckForNull String reason) {
        return new AuditLine(
                now(),
                event,
                build.getParent().getFullName(),
                build.getNumber(),
                Starters.of(build),
                asked.server,
                asked.serverUrl,
                asked.credentialsId,
                asked.credentialOrigin,
                asked.buildId,
                asked.pattern,
                asked.deployment,
                asked.agent,
                asked.agentGroup,
                asked.step,
                buildDeploymentId,
                reason,
                null);
    }

    /** The same, for as many as there were by then; one need not be said. */
    AuditLine counted(long attempts) {
        return new AuditLine(
                time,
                event,
                job,
                number,
                users,
                server,
                serverUrl,
                credentialsId,
                origin,
                buildId,
                pattern,
                deployment,
                agent,
                agentGroup,
                step,
                buildDeploymentId,
                reason,
                attempts == 1 ? null : attempts);
    }

    static String now() {
        return Threads.timing().now().toString();
    }

    @Override
    public String toString() {
        return Lines.checked(JsonLine.write(this));
    }
}
