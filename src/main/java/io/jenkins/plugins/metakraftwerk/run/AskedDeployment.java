package io.jenkins.plugins.metakraftwerk.run;

import io.jenkins.plugins.metakraftwerk.client.Bounded;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.server.Target;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What an attempt to deploy asked for, where, and in whose name. A plain class, since it is stored as XML. */
@Restricted(NoExternalUse.class)
public final class AskedDeployment {

    final String owner;
    final long buildId;
    final String pattern;
    final Long patternId;
    final String deployment;
    final Long deploymentId;
    final String agent;
    final Long agentId;
    final String agentGroup;
    final Long agentGroupId;
    final String server;
    final String serverUrl;
    final String credentialsId;
    // lgtm[jenkins/plaintext-storage] It says who named the credential.
    final String credentialOrigin;
    final String step;

    /**
     * @param owner identifies the run
     * @param step the function name of the step or the symbol of the builder: the same in every language
     */
    public AskedDeployment(String owner, DeploymentRequest request, Target target, String step) {
        this.owner = owner;
        buildId = request.buildId();
        pattern = label(request.pattern(), request.patternId());
        patternId = request.patternId();
        deployment = label(request.deployment(), request.deploymentId());
        deploymentId = request.deploymentId();
        agent = label(request.agent(), request.agentId());
        agentId = request.agentId();
        agentGroup = label(request.agentGroup(), request.agentGroupId());
        agentGroupId = request.agentGroupId();
        server = Bounded.of(target.server());
        serverUrl = Bounded.of(target.url());
        credentialsId = Bounded.of(target.credentialsId());
        credentialOrigin = target.originName();
        this.step = step;
    }

    private static String label(String name, Long id) {
        if (name != null) {
            return Bounded.name(name);
        }
        return id == null ? null : "#" + id;
    }
}
