package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** One thing that is read from the server, perhaps several times, until it is there or nothing more helps. */
final class Look<T> {

    private final Text what;
    private final Supplier<CompletableFuture<T>> call;
    private volatile T found;
    private volatile MetaKraftwerkException failure;

    /** @param what is read, in words */
    Look(Text what, Supplier<CompletableFuture<T>> call) {
        this.what = what;
        this.call = call;
    }

    /** Ends well also where the server did not tell; cancelling it ends the call. */
    CompletableFuture<Void> look() {
        Chain<Void> result = new Chain<>();
        result.either(call.get(), (value, trouble) -> {
            if (trouble == null) {
                found = value;
                failure = null;
                result.complete(null);
            } else if (trouble instanceof MetaKraftwerkException known) {
                failure = known;
                result.complete(null);
            } else {
                result.completeExceptionally(trouble);
            }
        });
        return result;
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
