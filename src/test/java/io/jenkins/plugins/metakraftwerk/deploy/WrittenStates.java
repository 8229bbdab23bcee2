package io.jenkins.plugins.metakraftwerk.deploy;

import java.util.Optional;

/** How far runs have come for all that a ledger says. */
public final class WrittenStates {

    private WrittenStates() {}

    /** @param ledger what is in its file */
    public static Optional<DeploymentState> find(String run, String ledger) {
        return ledger.lines()
                .filter(line -> line.contains(run))
                .flatMap(line -> LedgerLine.read(line).stream())
                .filter(line -> run.equals(line.run()) && line.state() != null)
                .map(LedgerLine::state)
                .reduce((first, last) -> last);
    }
}
