package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** States as a run would have stored them. */
final class States {

    static final Duration WAIT = Duration.ofMinutes(10);

    private States() {}

    static DeploymentState planned() {
        return DeploymentState.initial(false, WAIT, Instant.parse("2025-06-01T12:00:00Z"));
    }

    static DeploymentState sending(long baseline) {
        return planned().sending(baseline);
    }

    static DeploymentState done(Origin origin, long id) {
        return done(new DeploymentResult(origin, new BuildDeployment(id, 5139L, 11L, 21L, null, null, null)));
    }

    static DeploymentState done(DeploymentResult result) {
        return planned().done(result);
    }

    /** The state as it comes back from a disk. */
    static DeploymentState reread(DeploymentState state) {
        return read(written(state));
    }

    /** As a newer version could have stored it: with another word, of the same length, in the place of one. */
    static DeploymentState reread(DeploymentState state, String word, String other) {
        String text = new String(written(state), StandardCharsets.ISO_8859_1);
        return read(text.replace(word, other).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] written(DeploymentState state) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(state);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static DeploymentState read(byte[] bytes) {
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (DeploymentState) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
