package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Moment;
import io.jenkins.plugins.metakraftwerk.client.Waits;

/** What the request of a run ends with, for which several may wait: the run, and the report of its abort. */
final class Answer {

    private final Moment moment = new Moment();
    private BuildDeployment record;
    private Throwable failure;

    /** Once. */
    void comes(BuildDeployment itsRecord, Throwable itsFailure) {
        record = itsRecord;
        failure = itsFailure;
        moment.comes();
    }

    Moment moment() {
        return moment;
    }

    /** Waits for it. */
    BuildDeployment get() throws MetaKraftwerkException, InterruptedException {
        moment.await();
        if (failure != null) {
            throw Waits.failure(Futures.cause(failure));
        }
        return record;
    }
}
