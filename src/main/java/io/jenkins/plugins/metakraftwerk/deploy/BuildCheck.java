package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.concurrent.CompletableFuture;

/** Refuses to deploy a build that is not finished. What cannot be told from here is left to the server. */
final class BuildCheck {

    private BuildCheck() {}

    /** Fails where the build is known to be of no use; completes where it is finished or cannot be read. */
    static CompletableFuture<Void> of(RunParts parts) {
        long id = parts.plan().request().buildId();
        Chain<Void> result = new Chain<>(parts.serial());
        result.either(parts.connection().read(client -> client.build(id)), (build, failure) -> {
            if (failure == null) {
                seen(build, parts, result);
            } else if (failure instanceof MetaKraftwerkException known && known.is(404)) {
                // Said together with what the server says of the request.
                parts.build().miss();
                result.complete(null);
            } else if (failure instanceof MetaKraftwerkException known && known.is(403)) {
                parts.log().accept(Text.of("build.unreadable", id, known.text()));
                result.complete(null);
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private static void seen(Build build, RunParts parts, Chain<Void> result) {
        parts.build().see(build);
        MetaKraftwerkException refusal = refusal(build);
        if (refusal != null) {
            result.completeExceptionally(refusal);
        } else if (build.unfinished()) {
            result.completeExceptionally(refused(Text.of("build.unfinished", build.id())));
        } else {
            if (!build.finished()) {
                parts.log().accept(Text.of("build.unknown", build.id(), RemoteText.name(build.status())));
            }
            result.complete(null);
        }
    }

    /** Why a build can never be deployed; null where it can, or may be later. */
    static MetaKraftwerkException refusal(Build build) {
        if (build.isDeleted()) {
            return refused(Text.of("build.deleted", build.id()));
        }
        if (!build.failed()) {
            return null;
        }
        String status = RemoteText.name(build.status());
        String message = RemoteText.sentence(RemoteText.message(build.message()));
        return refused(
                message.isEmpty()
                        ? Text.of("wait.ended", build.id(), status)
                        : Text.of("wait.failed", build.id(), status, message));
    }

    static MetaKraftwerkException refused(Text text) {
        return MetaKraftwerkException.refusedLocally(text);
    }
}
