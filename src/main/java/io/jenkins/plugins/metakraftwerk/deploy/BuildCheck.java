package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.Text;

/** Refuses to deploy a build that is not finished. What cannot be told from here is left to the server. */
final class BuildCheck {

    private BuildCheck() {}

    /**
     * Returns where the build is finished, or cannot be read.
     *
     * @throws MetaKraftwerkException where it is known to be of no use
     */
    static void requireFinished(RunContext context) throws MetaKraftwerkException, InterruptedException {
        long id = context.plan().request().buildId();
        Build build;
        try {
            build = context.connection().read(client -> client.build(id));
        } catch (MetaKraftwerkException e) {
            if (e.is(404)) {
                // Said together with what the server says of the request.
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

    /** Why a build can never be deployed; null where it can, or may be later. */
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
