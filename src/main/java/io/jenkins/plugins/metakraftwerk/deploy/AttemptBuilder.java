package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import java.util.List;

/** An attempt that is being put together, or one that is like another but for a few things. */
final class AttemptBuilder {

    String owner;
    String job;
    int number;
    String fullDisplayName;
    List<String> users;
    String server;
    String serverUrl;
    String credentialsId;
    String origin;
    Long buildId;
    String pattern;
    Long patternId;
    String deployment;
    Long deploymentId;
    String agent;
    Long agentId;
    String agentGroup;
    Long agentGroupId;
    String step;
    String buildName;
    BuildDeployment record;
    String outcome;
    String reason;
    boolean noSuchTarget;
    String saidBy;
    LedgerSpan span;
    long time;
    boolean deleted;

    /** Of which nothing is known yet. */
    AttemptBuilder() {}

    AttemptBuilder(AttemptRecord like) {
        owner = like.owner();
        job = like.job();
        number = like.number();
        fullDisplayName = like.fullDisplayName();
        users = like.users();
        server = like.server();
        serverUrl = like.serverUrl();
        credentialsId = like.credentialsId();
        origin = like.origin();
        buildId = like.buildId();
        pattern = like.pattern();
        patternId = like.patternId();
        deployment = like.deployment();
        deploymentId = like.deploymentId();
        agent = like.agent();
        agentId = like.agentId();
        agentGroup = like.agentGroup();
        agentGroupId = like.agentGroupId();
        step = like.step();
        buildName = like.buildName();
        record = like.record();
        outcome = like.outcome();
        reason = like.reason();
        noSuchTarget = like.noSuchTarget();
        saidBy = like.saidBy();
        span = like.span();
        time = like.time();
        deleted = like.deleted();
    }

    AttemptRecord build() {
        return new AttemptRecord(
                owner,
                job,
                number,
                fullDisplayName,
                users,
                server,
                serverUrl,
                credentialsId,
                origin,
                buildId,
                pattern,
                patternId,
                deployment,
                deploymentId,
                agent,
                agentId,
                agentGroup,
                agentGroupId,
                step,
                buildName,
                record,
                outcome,
                reason,
                noSuchTarget,
                saidBy,
                span,
                time,
                deleted);
    }
}
