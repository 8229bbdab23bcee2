package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.io.Serializable;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Messages of a run about its plan. */
final class RunTexts {

    private static final Logger LOGGER = Logger.getLogger(RunTexts.class.getName());

    private final DeploymentPlan plan;

    RunTexts(DeploymentPlan plan) {
        this.plan = plan;
    }

    Text begin() {
        DeploymentRequest request = plan.request();
        Text executor = request.executor();
        return Text.forKey(
                "run.begin",
                request.buildId(),
                request.patternLabel(),
                request.deploymentLabel(),
                executor == null ? Text.forKey("executor.default") : executor,
                plan.serverLabel());
    }

    Text finished(Origin origin, BuildDeployment record) {
        DeploymentRequest request = plan.request();
        return Text.forKey(
                "run." + origin.name().toLowerCase(Locale.ROOT),
                record.id(),
                plan.serverLabel(),
                request.buildId(),
                request.patternLabel(),
                request.deploymentLabel());
    }

    /** Adds 'nothing was deployed' to a failure if that is certain. */
    static MetaKraftwerkException atTheEnd(MetaKraftwerkException failure) {
        return failure.effect() == Effect.UNKNOWN
                ? failure
                : failure.with(Text.forKey("run.nothingDeployed", failure.text()));
    }

    MetaKraftwerkException otherRecord(BuildDeployment record) {
        return MetaKraftwerkException.outcomeUnknown(otherRecord(record, plan), null);
    }

    static Text otherRecord(BuildDeployment record, DeploymentPlan plan) {
        return Text.forKey("run.otherRecord", record.id(), record.buildId(), plan.check());
    }

    /** @param lost the failure of the request; null after a restart */
    MetaKraftwerkException unknown(Text why, MetaKraftwerkException lost) {
        return MetaKraftwerkException.outcomeUnknown(Text.forKey("run.unknown", why, plan.check()), lost);
    }

    /** @param earlier the name of the Jenkins build of the earlier attempt */
    MetaKraftwerkException stillUnknown(Serializable earlier) {
        return MetaKraftwerkException.outcomeUnknown(Text.forKey("earlier.stillUnknown", earlier, plan.check()), null);
    }

    /** Marks a failure before the request. Only an attempt of an earlier run can leave it unknown. */
    static MetaKraftwerkException beforeSending(MetaKraftwerkException failure) {
        return failure.effect() == Effect.UNKNOWN ? failure : failure.beforeSending();
    }

    /** Returns the failure for people. An unexpected failure is a bug of the plugin, so it is logged. */
    static MetaKraftwerkException known(Throwable failure) {
        Throwable cause = Futures.cause(failure);
        if (cause instanceof MetaKraftwerkException exception) {
            return exception;
        }
        LOGGER.log(Level.WARNING, "A deployment could not go on", cause);
        return MetaKraftwerkException.refusedLocally(
                Text.forKey("run.broken", cause.getClass().getSimpleName()));
    }
}
