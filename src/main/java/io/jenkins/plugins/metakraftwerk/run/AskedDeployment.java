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

    /** Null, like its origin, where none was lent to a job that did not name it. */
    final String credentialsId;

    // lgtm[jenkins/plaintext-storage] It says who named the credential.
    final String credentialOrigin;
    final String step;

    /**
     * @param owner identifies the run
     * @param step the function name of the step or the symbol of the builder: the same in every language
     */
    public AskedDeployment(String owner, DeploymentRequest request, Target target, String step) {
        this(owner, request, target, step, true);
    }

    /** The same before a credential is lent, or where none is: then who reads the job is not to learn which it would be. */
    static AskedDeployment lentNothing(String owner, DeploymentRequest request, Target target, String step) {
        return new AskedDeployment(owner, request, target, step, target.origin() == Target.Origin.STEP);
    }

    private AskedDeployment(
            String owner, DeploymentRequest request, Target target, String step, boolean withCredential) {
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
        credentialsId = withCredential ? Bounded.of(target.credentialsId()) : null;
        credentialOrigin = withCredential ? target.originName() : null;
        this.step = step;
    }

    private static String label(String name, Long id) {
        if (name != null) {
            return Bounded.name(name);
        }
        return id == null ? null : "#" + id;
    }
}
