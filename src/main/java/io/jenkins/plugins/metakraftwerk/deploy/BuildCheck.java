package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.Text;

/** Refuses to deploy a build that is not finished. Cases that the plugin cannot judge are left to the server. */
final class BuildCheck {

    private BuildCheck() {}

    /**
     * Returns if the build is finished or cannot be read.
     *
     * @throws MetaKraftwerkException if the build cannot be deployed
     */
    static void requireFinished(RunContext context) throws MetaKraftwerkException, InterruptedException {
        long id = context.plan().request().buildId();
        Build build;
        try {
            build = context.connection().read(client -> client.build(id));
        } catch (MetaKraftwerkException e) {
            if (e.is(404)) {
                // Reported together with the server's own message on the request.
                context.build().miss();
            } else if (e.is(403)) {
                context.say().accept(Text.forKey("build.unreadable", id, e.text()));
            } else {
                throw e;
            }
            return;
        }
        context.build().see(build);
        MetaKraftwerkException refusal = refusal(build);
        if (refusal != null) {
            throw refusal;
        }
        if (build.unfinished()) {
            throw refused(Text.forKey("build.unfinished", id));
        }
        if (!build.finished()) {
            context.say().accept(Text.forKey("build.unknown", id, RemoteText.name(build.status())));
        }
    }

    /** Returns why a build can never be deployed; null if it can, or may be later. */
    static MetaKraftwerkException refusal(Build build) {
        if (build.isDeleted()) {
            return refused(Text.forKey("build.deleted", build.id()));
        }
        if (!build.failed()) {
            return null;
        }
        String status = RemoteText.name(build.status());
        String message = RemoteText.sentence(RemoteText.message(build.message()));
        return refused(
                message.isEmpty()
                        ? Text.forKey("wait.ended", build.id(), status)
                        : Text.forKey("wait.failed", build.id(), status, message));
    }

    static MetaKraftwerkException refused(Text text) {
        return MetaKraftwerkException.refusedLocally(text);
    }
}
