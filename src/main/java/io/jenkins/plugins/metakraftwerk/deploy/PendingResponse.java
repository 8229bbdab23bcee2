package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;

/**
 * Response to the request of a run, or its failure. Several threads may wait for it: the run, and the report of its
 * abort.
 */
final class PendingResponse {

    private final Signal signal = new Signal();
    private BuildDeployment record;
    private Throwable failure;

    /** Sets the response or the failure. To be called once. */
    void complete(BuildDeployment itsRecord, Throwable itsFailure) {
        record = itsRecord;
        failure = itsFailure;
        signal.give();
    }

    Signal signal() {
        return signal;
    }

    /** Waits for the response. */
    BuildDeployment get() throws MetaKraftwerkException, InterruptedException {
        signal.await();
        if (failure != null) {
            throw VirtualThreadWaits.failure(Futures.cause(failure));
        }
        return record;
    }
}
