package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;

/** One thing that is read from the server, perhaps several times, until it is there or nothing more helps. */
final class CheckRead<T> {

    private final Text what;
    private final ReadRetries.ReadCall<T> call;
    private volatile T found;
    private volatile MetaKraftwerkException failure;

    /** @param what is read, in words */
    CheckRead(Text what, ReadRetries.ReadCall<T> call) {
        this.what = what;
        this.call = call;
    }

    /** Ends well also where the server did not tell. */
    Void look() throws InterruptedException {
        try {
            found = call.read();
            failure = null;
        } catch (MetaKraftwerkException e) {
            failure = e;
        }
        return null;
    }

    /** Whether another look may bring more. */
    boolean isOpen() {
        return found == null && (failure == null || failure.retryable());
    }

    Optional<T> found() {
        return Optional.ofNullable(found);
    }

    Optional<MetaKraftwerkException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Says that it could not be read. */
    Text unread() {
        return Text.forKey("check.unread", what, failure.text());
    }
}
