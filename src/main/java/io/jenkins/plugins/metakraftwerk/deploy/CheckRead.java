package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;

/** One read of a check. It is repeated until it succeeds or fails for good. */
final class CheckRead<T> {

    private final Text label;
    private final ReadRetries.ReadCall<T> call;
    private volatile T value;
    private volatile MetaKraftwerkException failure;

    /** @param label the name of the thing that is read, for people */
    CheckRead(Text label, ReadRetries.ReadCall<T> call) {
        this.label = label;
        this.call = call;
    }

    /** Reads once. Keeps a failure of the server and does not throw it. */
    Void look() throws InterruptedException {
        try {
            value = call.read();
            failure = null;
        } catch (MetaKraftwerkException e) {
            failure = e;
        }
        return null;
    }

    /** Returns true if another read may succeed. */
    boolean isOpen() {
        return value == null && (failure == null || failure.retryable());
    }

    Optional<T> found() {
        return Optional.ofNullable(value);
    }

    Optional<MetaKraftwerkException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Returns the text that tells why it could not be read. */
    Text unread() {
        return Text.forKey("check.unread", label, failure.text());
    }
}
