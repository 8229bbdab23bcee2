package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Repeats;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;

/** One thing that is read from the server, perhaps several times, until it is there or nothing more helps. */
final class Look<T> {

    private final Text what;
    private final Repeats.Reading<T> call;
    private volatile T found;
    private volatile MetaKraftwerkException failure;

    /** @param what is read, in words */
    Look(Text what, Repeats.Reading<T> call) {
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
        return Text.of("check.unread", what, failure.text());
    }
}
